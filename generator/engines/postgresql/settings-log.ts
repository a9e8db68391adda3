import { btrfs } from "../../sources/btrfs.ts";
import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import { inWords, mebibytes } from "../sizes.ts";
import type { SettingContext, SettingRule } from "../types.ts";
import { overwritesInPlace } from "./log-place.ts";
import { checkpointMinutes, keptForSlotsMiB, maxWalSizeMiB, needsMoreThanUsual } from "./wal-size.ts";

const measuredOnCow =
  "the manual hints that copy-on-write may be faster without it, but with both off plain Btrfs made no more transactions than chance explains (1087 a second against 963) and wrote as much for each";

/** The engine's default; below two segments of 16 MiB it does not start. */
const leastMiB = 80;

const compressesHard = ({ prefer, disk }: SettingContext): boolean => prefer === "space" || disk === "hdd";

export const logSettings: readonly SettingRule[] = [
  {
    name: "wal_recycle",
    group: "log",
    value: () => true,
    reason: (context) =>
      overwritesInPlace(context)
        ? "A segment that is renamed keeps its blocks, so that commits overwrite in place; a new one would have to be allocated."
        : `Stays on: ${measuredOnCow}.`,
    confidence: "inferred",
    sources: [sources.walSettings],
  },
  {
    name: "wal_init_zero",
    group: "log",
    value: () => true,
    reason: (context) =>
      overwritesInPlace(context)
        ? "Zeroes allocate all of a new segment once, so that commits overwrite in place instead of allocating block by block."
        : `Stays on: ${measuredOnCow}.`,
    confidence: "inferred",
    sources: [sources.walSettings],
  },
  {
    name: "wal_compression",
    group: "log",
    value: (context) => (compressesHard(context) ? "zstd" : "lz4"),
    reason: (context) =>
      compressesHard(context)
        ? "Full page images are most of the log after a checkpoint; zstd makes them smallest, and here bytes cost more than processor time. Btrfs cannot do it instead: writes as small as a commit do not compress."
        : "Full page images are most of the log after a checkpoint; lz4 shrinks them at little processor time. Btrfs cannot do it instead: writes as small as a commit do not compress.",
    confidence: "inferred",
    sources: [sources.walSettings, btrfs.compressionSavesWholeBlocks, sources.nixpkgsBuild],
  },
  {
    name: "checkpoint_timeout",
    group: "log",
    value: (context) => {
      const minutes = checkpointMinutes(context);
      return minutes === undefined ? undefined : `${minutes}min`;
    },
    reason: (context) =>
      `The first change of a page after a checkpoint logs the whole page${
        context.layout.data === "cow"
          ? ", and each checkpoint writes the hot pages to new places on disk"
          : ""
      }: ${checkpointMinutes(context)} minutes instead of 5 make that rarer. The price: a crash recovery, and with it the start of a restored snapshot, may have to replay the log of that long.`,
    confidence: "inferred",
    sources: [sources.walConfiguration, sources.walSettings],
  },
  {
    name: "max_wal_size",
    group: "log",
    value: (context) => mebibytes(maxWalSizeMiB(context)),
    reason: (context) => {
      const basis = needsMoreThanUsual(context)
        ? `sized for the ${context.profile.logMiBPerSecond} MiB/s of log that were measured`
        : "PGTune's size for this kind of load";
      const bound =
        context.logFilesystemGiB === null
          ? "never more than the data itself"
          : `at most a third of the log filesystem's ${inWords(context.logFilesystemGiB)}, as the limit is a soft one`;
      return `Lets time rather than volume start checkpoints: ${basis}, ${bound}.`;
    },
    confidence: "inferred",
    sources: [sources.walSettings, sources.pgtune],
  },
  {
    name: "min_wal_size",
    group: "log",
    value: (context) => mebibytes(Math.max(leastMiB, Math.floor(maxWalSizeMiB(context) / 4))),
    reason: () =>
      "A quarter of max_wal_size, as PGTune has it: so many segments are renamed for reuse rather than deleted, and a burst after a quiet hour finds them allocated.",
    confidence: "inferred",
    sources: [sources.walSettings, sources.pgtune],
  },
  {
    name: "max_slot_wal_keep_size",
    group: "log",
    value: (context) =>
      context.logFilesystemGiB === null && context.cluster === null
        ? undefined
        : mebibytes(keptForSlotsMiB(context)),
    reason: (context) =>
      context.logFilesystemGiB === null
        ? `By default a replication slot that nobody reads keeps log without limit, until the disk is full and the server stops. Held to ${inWords(keptForSlotsMiB(context) / 1024)}, the slot of a member that is away for longer is lost instead, and that member is made again.`
        : `By default a replication slot that nobody reads keeps log without limit, until the log's ${inWords(context.logFilesystemGiB)} are full and the server stops. Held to a third, the slot is lost instead, and its replica must be made again.`,
    confidence: "documented",
    sources: [sources.replicationSettings, sources.backupApi],
  },
];
