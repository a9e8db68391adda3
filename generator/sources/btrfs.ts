import { files } from "./btrfs-files.ts";
import { commit, manual, thread } from "./btrfs-links.ts";
import type { Source } from "./types.ts";

const mountOptions = "btrfs-man5.html#man-btrfs5-mount-options";

/** Where the facts of Btrfs were read that decisions quote; a name says what the source shows. */
export const btrfs = {
  ...files,

  // Mount options
  mountOptionsAreGlobal: manual("btrfs(5), Mount options: the first mounted subvolume decides", mountOptions),
  compressOptionIsGlobal: manual(
    "Compression: one option for all mounts of a filesystem",
    "Compression.html",
  ),
  noatime: manual("btrfs(5), Mount options, noatime: reading a snapshot writes inodes", mountOptions),
  discardAsyncIsDefault: manual("Changes by kernel version, 6.2: discard=async", "Kernel-by-version.html"),
  commitInterval: manual("btrfs(5), Mount options, commit: 30 seconds", mountOptions),
  autodefragNotForDatabases: manual("btrfs(5), Mount options, autodefrag", mountOptions),

  // Checksums and direct I/O
  checksums: manual("Checksumming: data and metadata, by default", "Checksumming.html"),
  checksumAlgorithms: manual(
    "btrfs(5), Checksum algorithms",
    "btrfs-man5.html#man-btrfs5-checksum-algorithms",
  ),
  directIoFallsBack: commit(
    "direct writes fall back to buffered ones (6.15)",
    "968f19c5b1b7d5595423b0ac0020cc18dfed8cb5",
  ),
  directIoAgainstChecksums: manual("Checksumming, note on O_DIRECT", "Checksumming.html"),
  writesSplitOverCommits: thread(
    "consecutive writes can land in different commits",
    "20210123171322.GO31381@hungrycats.org",
  ),

  // Fragmentation, fsync, space
  extentsFreedAsAWhole: thread(
    "an extent is freed when nothing refers to any part",
    "Z16KHsma7foNV2ff@hungrycats.org",
  ),
  metadataNeedsFreeSpace: manual(
    "Changes by kernel version, 6.11: dynamic reclaim of chunks",
    "Kernel-by-version.html",
  ),

  // Snapshots
  snapshotsAreNotRecursive: manual("Subvolumes, Nested subvolumes", "Subvolumes.html"),
  snapshotIsOneSubvolume: thread(
    "recursive snapshots are not atomic",
    "CAJCQCtSAHj78aY_uUhYrnZSshLs=YtMet6uoESTyA1ZgKvqMBw@mail.gmail.com",
  ),
  snapshotFlushesFirst: commit("a snapshot writes the subvolume's dirty data first", "3cd24c698004"),

  // mkfs, devices, profiles
  nodesize: manual("mkfs.btrfs(8), --nodesize: 16 KiB by default", "mkfs.btrfs.html"),
  sectorsize: manual("mkfs.btrfs(8), --sectorsize: 4 KiB by default", "mkfs.btrfs.html"),
  multiDeviceDefaults: manual(
    "mkfs.btrfs(8), --data and --metadata: data is single on many devices",
    "mkfs.btrfs.html",
  ),
  profiles: manual(
    "mkfs.btrfs(8), Profiles: copies, parity, least number of devices",
    "mkfs.btrfs.html#man-mkfs-profiles",
  ),
  dupOnOneDevice: manual(
    "mkfs.btrfs(8), DUP profiles on a single device",
    "mkfs.btrfs.html#man-mkfs-dup-profiles-on-a-single-device",
  ),
  raid56NotForProduction: manual(
    "btrfs(5), RAID56 status and recommended practices",
    "btrfs-man5.html#man-btrfs5-raid56-status",
  ),
  scrub: manual("Scrub: detects by checksum, repairs from a copy", "Scrub.html"),
  scrubMonthly: manual("btrfs-scrub(8): the recommended period is a month", "btrfs-scrub.html"),
} as const satisfies Record<string, Source>;
