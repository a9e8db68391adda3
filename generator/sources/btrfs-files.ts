import { manual, progsIssue, thread } from "./btrfs-links.ts";
import type { Source } from "./types.ts";

const mountOptions = "btrfs-man5.html#man-btrfs5-mount-options";

/** What holds of single files and directories: NOCOW and compression. */
export const files = {
  // NOCOW
  noCowWantsEmptyFiles: manual("btrfs(5), File attributes, C", "btrfs-man5.html#man-btrfs5-file-attributes"),
  subvolumesDoNotInheritNoCow: manual(
    "mkfs.btrfs(8), --inode-flags: subvolumes inherit none",
    "mkfs.btrfs.html",
  ),
  noCowPartialWrites: manual("btrfs(5), Mount options, nodatacow: potential partial writes", mountOptions),
  noCowExcludesCompression: manual("Compression, Compatibility: needs checksums and CoW", "Compression.html"),
  noCowHasNoChecksums: manual("Scrub, warning on NOCOW: not checked, not repaired", "Scrub.html"),
  mirrorsDiverge: thread(
    "a test of NOCOW file consistency on RAID1",
    "144fcb98c1e5216b37ddd75efa54bcb9bc7095ba.1659090871.git.anand.jain@oracle.com",
  ),
  opensuseVarIsNoCow: {
    title: "openSUSE's installer: all of /var without copy-on-write",
    url: "https://github.com/yast/skelcd-control-openSUSE/blob/master/control/control.openSUSE.xml",
  },
  snapshotCowsOnce: thread(
    "the first write after a snapshot is CoW, the second in place",
    "20200429183344.GD30508@savella.carfax.org.uk",
  ),
  sendLosesNoCow: progsIssue("receive does not restore NOCOW", 1080),
  reflinkNeedsEqualNoCow: manual("Reflink: both files with or both without checksums", "Reflink.html"),
  noCowMmapOnFullDisk: thread(
    "SIGBUS from mmap writes to NOCOW files on a full filesystem, fixed in 6.17",
    "20aebb0c3603bea37273a13afebecab28ec74157.1752061083.git.fdmanana@suse.com",
  ),

  // Compression
  fallocateEndsCompression: manual("Compression, Exceptions: files touched by fallocate", "Compression.html"),
  fallocateMarksTheFile: thread(
    "a preallocated inode is no longer compressed at all",
    "6ae85272-3967-417e-bc9a-e2141a4c688a@gmx.com",
  ),
  compressionUnit: manual("Compression: chunks of 128 KiB, zstd at level 3 by default", "Compression.html"),
  compressionSavesWholeBlocks: thread(
    "a write is compressed only where it saves a 4 KiB block",
    "20200831034731.GX5890@hungrycats.org",
  ),
} as const satisfies Record<string, Source>;
