import type { WorkloadClass } from "../../spec/workload.ts";
import { inMebibytes, roundMebibytes } from "../sizes.ts";
import type { SettingContext } from "../types.ts";

/** PGTune's sizes for its web, OLTP, data warehouse and mixed classes; bulk inserts and queues log like OLTP. */
const usualGiB: Readonly<Record<WorkloadClass, number>> = {
  oltp: 8,
  append: 8,
  analytics: 16,
  "read-mostly": 4,
  queue: 8,
  mixed: 4,
};

/** Minutes between checkpoints; undefined for the default of 5. */
export const checkpointMinutes = ({ workload }: Pick<SettingContext, "workload">): number | undefined =>
  ({ oltp: 15, append: 15, analytics: 30, "read-mostly": undefined, queue: 15, mixed: 15 })[workload];

const defaultMinutes = 5;
/** Peaks over the measured mean, and the share of max_wal_size that has gone by when a checkpoint starts. */
const headroom = 3;
/** Recovery reads all of it, and this much takes minutes already. */
const mostGiB = 64;

const measuredGiB = (context: SettingContext): number => {
  const rate = context.profile.logMiBPerSecond ?? 0;
  return (rate * 60 * (checkpointMinutes(context) ?? defaultMinutes) * headroom) / 1024;
};

export const needsMoreThanUsual = (context: SettingContext): boolean =>
  measuredGiB(context) > usualGiB[context.workload];

/** A third for max_wal_size, a third for what slots hold back, a third for what exceeds either. */
export const logShareMiB = (logFilesystemGiB: number): number =>
  roundMebibytes(inMebibytes(logFilesystemGiB) / 3);

const leastKeptMiB = 1024;

/**
 * MiB that slots may hold back: a third of the log's own filesystem. Where the log lies with the data, half of the room
 * that a log could take, a quarter of the data at most: what a replica misses beyond that it copies faster anew.
 */
export const keptForSlotsMiB = ({ logFilesystemGiB, cluster, sizeGiB }: SettingContext): number => {
  if (logFilesystemGiB !== null) return logShareMiB(logFilesystemGiB);
  const room = Math.min((cluster?.logRoomGiB ?? 0) / 2, Math.max(1, sizeGiB / 4));
  return Math.max(leastKeptMiB, roundMebibytes(Math.max(1, inMebibytes(room))));
};

/** MiB of log that time, not size, should start a checkpoint within; never more log than data, 1 GiB at least. */
export const maxWalSizeMiB = (context: SettingContext): number => {
  const wanted = Math.max(usualGiB[context.workload], measuredGiB(context));
  const bounded = Math.min(wanted, mostGiB, Math.max(1, context.sizeGiB));
  const size = roundMebibytes(inMebibytes(bounded));
  return context.logFilesystemGiB === null ? size : Math.min(size, logShareMiB(context.logFilesystemGiB));
};
