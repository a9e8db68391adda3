import { btrfs } from "../../sources/btrfs.ts";
import { type Cited, cited } from "./mechanism.ts";

/** Where another filesystem is the better choice, beside what a batch says. */
export const withoutBtrfs: readonly Cited[] = [
  cited(
    "Where all of a database would be NOCOW, without snapshots, compression or mirrors by Btrfs: nothing of Btrfs is left then but what it costs. XFS does the same with less.",
  ),
  cited(
    "Where two mirrored disks must not cost speed: on them the plan refuses NOCOW and a log on its own filesystem. A mirror below XFS (mdadm) repairs a disk that fails, and no bad block that reads without an error.",
    btrfs.mirrorsDiverge,
  ),
  cited("Where it must be parity, RAID 5 or RAID 6.", btrfs.raid56NotForProduction),
  cited(
    "Where the filesystem will be nearly full: Btrfs allocates space for data and metadata apart, and one that finds none for metadata goes read-only.",
    btrfs.metadataNeedsFreeSpace,
  ),
  cited(
    "Where the kernel cannot be chosen: what direct I/O, compression and NOCOW cost changes between releases more than on XFS.",
    btrfs.directIoFallsBack,
  ),
];
