/** Least that a log filesystem may have, GiB: a few checkpoints of a small server. */
export const leastLogFilesystemGiB = 2;

/**
 * Size of a log's own filesystem in GiB: a tenth of the data as a power of two, 16 to 64, and as much again as
 * half the data where binary logs of several days lie there too, and Galera's ring buffer; never more than `roomGiB`.
 */
export const logFilesystemGiB = (
  sizeGiB: number,
  roomGiB: number,
  withBinlog: boolean,
  gcacheGiB: number,
): number => {
  const tenth = 2 ** Math.ceil(Math.log2(Math.max(1, sizeGiB / 10)));
  const log = Math.max(16, Math.min(64, tenth));
  return Math.floor(Math.min(log + (withBinlog ? sizeGiB / 2 : 0) + gcacheGiB, roomGiB));
};
