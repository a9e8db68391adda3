import { files } from "./btrfs-files.ts";
import { commit, kernelFile, manual, thread } from "./btrfs-links.ts";
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
  remountChangesAll: manual(
    "Subvolumes, Mount options: generic ones are per mount, a remount changes all",
    "Subvolumes.html",
  ),
  secondMountKeepsOptions: thread(
    "a second mount differs only in ro/rw and subvolume",
    "18faaced53d356f66b4b1f0f118d15e37e3c8a2c.1704909267.git.josef@toxicpanda.com",
  ),
  noatime: manual("btrfs(5), Mount options, noatime: reading a snapshot writes inodes", mountOptions),
  discardAsyncIsDefault: manual("Changes by kernel version, 6.2: discard=async", "Kernel-by-version.html"),
  commitInterval: manual("btrfs(5), Mount options, commit: 30 seconds", mountOptions),
  autodefragNotForDatabases: manual("btrfs(5), Mount options, autodefrag", mountOptions),
  degradedMount: manual("btrfs(5), Mount options, degraded", mountOptions),

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
  directIoFallsBackOnMirrors: commit(
    "also for NOCOW files where the profile has copies (7.0)",
    "7c2830f00c3e",
  ),
  directIoAgainstChecksums: manual("Checksumming, note on O_DIRECT", "Checksumming.html"),
  directIoWantsAlignment: kernelFile(
    "check_direct_IO: sector alignment, else buffered",
    "fs/btrfs/direct-io.c",
  ),
  noAtomicPages: thread(
    "the content of NOCOW files is not written atomically",
    "672bb775-8771-3b29-5099-a631548cfae8@gmx.com",
  ),
  writesSplitOverCommits: thread(
    "consecutive writes can land in different commits",
    "20210123171322.GO31381@hungrycats.org",
  ),
  flushOnCommit: manual("btrfs(5), Mount options, flushoncommit", mountOptions),

  // Fragmentation, fsync, space
  extentsFreedAsAWhole: thread(
    "an extent is freed when nothing refers to any part",
    "Z16KHsma7foNV2ff@hungrycats.org",
  ),
  defragBreaksSharing: manual("Defragmentation: breaks up shared extents", "Defragmentation.html"),
  defragCanGrow: thread(
    "a SQLite file of 79 GiB: 118 GiB used, 161 after defragmenting",
    "CAODFU0pspd_405HAxO+2MGneU8dbSVB9ZJFhqu9w2i86PczLYA@mail.gmail.com",
  ),
  treeLogPerSubvolume: thread(
    "one tree log per subvolume",
    "CAJCQCtQ6C4kvBQaKMaoPBo8jbj-abNEYh_63-d-EkHVgWq6iPg@mail.gmail.com",
  ),
  fsyncCanCommitAll: thread(
    "fsync can fall back to a commit of the whole filesystem",
    "20200409043245.GO13306@hungrycats.org",
  ),
  metadataNeedsFreeSpace: manual(
    "Changes by kernel version, 6.11: dynamic reclaim of chunks",
    "Kernel-by-version.html",
  ),
  quota: manual("btrfs-quota(8), Stability and performance implications", "btrfs-quota.html"),
  swapfile: manual("Swapfile: NOCOW, preallocated, no snapshot while active", "Swapfile.html"),

  // Snapshots
  snapshotsAreNotRecursive: manual("Subvolumes, Nested subvolumes", "Subvolumes.html"),
  snapshotIsOneSubvolume: thread(
    "recursive snapshots are not atomic",
    "CAJCQCtSAHj78aY_uUhYrnZSshLs=YtMet6uoESTyA1ZgKvqMBw@mail.gmail.com",
  ),
  snapshotFlushesFirst: commit("a snapshot writes the subvolume's dirty data first", "3cd24c698004"),

  // mkfs, devices, profiles
  mkfsDefaults: manual(
    "mkfs.btrfs(8), Filesystem features: what is on by default",
    "mkfs.btrfs.html#man-mkfs-filesystem-features",
  ),
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
  readsFromOneMirror: manual(
    "btrfs(5), read_policy: by process id",
    "btrfs-man5.html#man-btrfs5-sysfs-interface",
  ),
  scrub: manual("Scrub: detects by checksum, repairs from a copy", "Scrub.html"),
  scrubMonthly: manual("btrfs-scrub(8): the recommended period is a month", "btrfs-scrub.html"),
  replaceDevice: manual("Volume management: replace a failing device", "Volume-management.html"),
  logReplayFailure: thread(
    "log replay fails after a crash, 6.15.3 and later",
    "fce139db-4458-4788-bb97-c29acf6cb1df@cachyos.org",
  ),
  logReplayFixed: thread(
    "the fix of that log replay failure",
    "5c89804b07e3681c3a9bc50bf1d63d9ce77d7020.1753902432.git.fdmanana@suse.com",
  ),
} as const satisfies Record<string, Source>;
