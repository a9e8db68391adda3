import { btrfs } from "../../sources/btrfs.ts";
import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import { atLeast } from "../../version.ts";
import type { SettingContext, SettingRule } from "../types.ts";

/** Requests at once before series 18, whose default of 16 the manual warns against raising without need. */
const requestsAtOnce = ({ version, disk }: SettingContext): number | undefined => {
  if (atLeast(version, "18")) return undefined;
  return { nvme: 200, ssd: 200, hdd: 2 }[disk];
};

/** Processes that read ahead; the engine's default serves up to 15 cores. */
const defaultIoWorkers = 3;
const mostIoWorkers = 32;
const ioWorkers = ({ cpus }: SettingContext): number =>
  Math.min(mostIoWorkers, Math.max(defaultIoWorkers, Math.floor((cpus ?? 0) / 4)));

export const storageSettings: readonly SettingRule[] = [
  {
    name: "file_extend_method",
    group: "storage",
    value: ({ layout }) => (layout.compression === "zstd" ? "write_zeros" : undefined),
    reason: () =>
      "Otherwise COPY and other bulk inserts extend tables by posix_fallocate, and Btrfs no longer compresses what is written to a file that was extended so, whatever its compression property says.",
    confidence: "documented",
    sources: [
      sources.resourceSettings,
      sources.release16Minor,
      sources.release17Minor,
      sources.release18Minor,
      btrfs.fallocateEndsCompression,
    ],
    sinceMinor: { "16": "16.12", "17": "17.8", "18": "18.2" },
  },
  {
    name: "effective_io_concurrency",
    group: "storage",
    value: requestsAtOnce,
    reason: (context) =>
      context.disk === "hdd"
        ? "PGTune's number for a spinning disk, where the default is 1: with a second request at hand the disk can choose the nearer one. It counts for bitmap heap scans."
        : `The default of 1 asks for one block at a time, where the manual says of flash that the best value may be in the hundreds; ${requestsAtOnce(context)} is PGTune's number for an SSD (for NVMe it has come to say 1000). It counts for bitmap heap scans.`,
    confidence: "documented",
    sources: [sources.resourceSettings15, sources.pgtune],
  },
  {
    name: "maintenance_io_concurrency",
    group: "storage",
    value: (context) => (context.disk === "hdd" ? undefined : requestsAtOnce(context)),
    reason: () =>
      "Bounds how far ahead ANALYZE and crash recovery read, and every restored snapshot begins with a crash recovery; flash serves as many requests here as for queries.",
    confidence: "inferred",
    sources: [sources.walSettings, sources.resourceSettings15],
  },
  {
    name: "io_workers",
    group: "storage",
    value: (context) => (ioWorkers(context) > defaultIoWorkers ? ioWorkers(context) : undefined),
    reason: ({ cpus }) =>
      `These processes do the reads of all sessions, one read each at a time; one for every four of the ${cpus} cores instead of the default 3.`,
    confidence: "inferred",
    sources: [sources.resourceSettings, sources.pgtune],
    since: "18",
  },
];
