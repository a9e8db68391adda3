import { btrfs } from "../../sources/btrfs.ts";
import { toNoCow, toNoCowLog, toOwnLog, toSmallNodes, toZstd } from "./changes.ts";
import { plainBesideXfs } from "./effects.ts";
import { cited, type Mechanism } from "./mechanism.ts";
import { compressible, noCowLog, splitSnapshot, withoutChecksums, writes } from "./with-engines.ts";

/** In the order in which an administrator meets them. */
export const mechanisms: readonly Mechanism[] = [
  {
    id: "cow",
    title: "Copy-on-write",
    gives: [
      cited("Checksums of all data, verified at each read and by scrub.", btrfs.checksums, btrfs.scrub),
      cited("Snapshots that take no space until something is written, compression, repair from a copy."),
    ],
    costs: [
      cited(
        "A page that is rewritten goes to a new place, so that files which are rewritten at random end up in many extents; an old extent is freed only once nothing refers to any part of it.",
        btrfs.extentsFreedAsAWhole,
      ),
      cited("A flush writes nodes of the filesystem's trees beside the data."),
      cited(
        "Direct writes to data with checksums become buffered ones since Linux 6.15, so that the page cache holds them beside the server's own cache.",
        btrfs.directIoFallsBack,
      ),
    ],
    with: writes,
    measured: { about: "Plain Btrfs, where XFS is 1", find: plainBesideXfs },
  },
  {
    id: "nocow",
    title: "NOCOW for all of a database",
    gives: [cited("Blocks are overwritten where they are, so that a table stays in few extents.")],
    costs: [
      cited("No checksums: scrub sees nothing, and nothing is repaired.", btrfs.noCowHasNoChecksums),
      cited("No compression.", btrfs.noCowExcludesCompression),
      cited("A write that is cut short leaves half of it.", btrfs.noCowPartialWrites),
      cited("After each snapshot the first write to a block is copied all the same.", btrfs.snapshotCowsOnce),
      cited(
        "What send and receive bring back is CoW, and a reflink to or from a CoW file is refused.",
        btrfs.sendLosesNoCow,
        btrfs.reflinkNeedsEqualNoCow,
      ),
    ],
    with: withoutChecksums,
    measured: {
      about: "Everything NOCOW, where the same layout with CoW is 1",
      find: toNoCow,
    },
  },
  {
    id: "page-checksums",
    title: "Checksums of Btrfs and of the engine",
    gives: [
      cited(
        "Btrfs refuses to read a bad block, and its scrub finds one that nobody reads.",
        btrfs.checksums,
        btrfs.scrub,
      ),
      cited(
        "The engine's own checksums notice what went wrong above the filesystem too, and travel with a copy.",
      ),
    ],
    costs: [cited("The engine's are checked when a page is read, and by no scrub.")],
    with: ({ pageChecksums: { text, sources } }) => ({ text, sources }),
  },
  {
    id: "nocow-log",
    title: "The log alone NOCOW",
    gives: [
      cited(
        "The flush of a commit overwrites blocks that exist; the data keeps its checksums, and one snapshot still captures both.",
        btrfs.snapshotIsOneSubvolume,
      ),
    ],
    costs: [
      cited(
        "No checksums of the log by Btrfs; the log's records carry their own.",
        btrfs.noCowHasNoChecksums,
      ),
    ],
    with: noCowLog,
    measured: {
      about: "The log NOCOW beside CoW data, where the same layout with all CoW is 1",
      find: toNoCowLog,
    },
  },
  {
    id: "log-filesystem",
    title: "The log on a filesystem of its own",
    gives: [cited("A commit flushes a small XFS and not Btrfs, whatever the data is.")],
    costs: [
      cited(
        "A snapshot of the data alone is no copy of the database: each has to take the log along.",
        btrfs.snapshotIsOneSubvolume,
      ),
      cited("The log has no copy: with mirrored disks the plan refuses it."),
    ],
    with: splitSnapshot,
    measured: {
      about: "The log on its own XFS, where the same layout with the log on Btrfs is 1",
      find: toOwnLog,
    },
  },
  {
    id: "snapshots",
    title: "Snapshots",
    gives: [
      cited(
        "A copy of one subvolume as of one moment, from which an operator's error is undone without a backup.",
        btrfs.snapshotIsOneSubvolume,
      ),
    ],
    costs: [
      cited("The dirty data of the subvolume is written first.", btrfs.snapshotFlushesFirst),
      cited("A nested subvolume is an empty directory in it.", btrfs.snapshotsAreNotRecursive),
      cited("It lies on the same disks, and is no backup."),
    ],
    with: ({ snapshot: { text, sources } }) => ({ text, sources }),
  },
  {
    id: "compression",
    title: "Compression",
    gives: [
      cited(
        "Less space, and fewer bytes to read where the disk is what a scan waits for. How much less is a property of the data: a benchmark's rows say little of yours, and dbtrfs analyze measures them.",
      ),
    ],
    costs: [
      cited(
        "It works on 128 KiB, so that reading one page unpacks as much, and saves whole blocks of 4 KiB.",
        btrfs.compressionUnit,
        btrfs.compressionSavesWholeBlocks,
      ),
      cited(
        "A page that is rewritten inside a compressed extent keeps all of the old one.",
        btrfs.extentsFreedAsAWhole,
      ),
      cited("Not with NOCOW, and not in files that were preallocated.", btrfs.fallocateEndsCompression),
    ],
    with: compressible,
    measured: {
      about: "zstd, where the same layout without it is 1",
      find: toZstd,
    },
  },
  {
    id: "nodesize",
    title: "Small nodes",
    gives: [
      cited("A flush writes nodes whole, so that nodes of 4 KiB in place of 16 KiB make it write less."),
    ],
    costs: [
      cited(
        "Taller and more scattered trees, which a spinning disk feels; it is chosen at mkfs, for all of a filesystem.",
        btrfs.nodesize,
      ),
    ],
    measured: {
      about: "Nodes of 4 KiB, where the same layout with 16 KiB is 1",
      find: toSmallNodes,
    },
  },
  {
    id: "mirror",
    title: "Mirrored disks",
    gives: [cited("A bad block is repaired from the other copy, at a read or by scrub.", btrfs.scrub)],
    costs: [
      cited(
        "NOCOW is out: without checksums nothing tells which copy is right, and the two diverge in silence.",
        btrfs.mirrorsDiverge,
      ),
      cited("So is a log on a filesystem of its own, which would lie on one of the disks."),
    ],
  },
];
