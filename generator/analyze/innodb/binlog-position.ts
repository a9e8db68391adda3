import type { Row } from "./client.ts";

/** A place in the binary log: its file and how far it is written. */
export interface BinlogPosition {
  readonly file: string;
  readonly bytes: number;
}

/** Of SHOW BINARY LOG STATUS or SHOW MASTER STATUS; null without a binary log. */
export const positionOf = (rows: readonly Row[] | undefined): BinlogPosition | null => {
  const [file, bytes] = rows?.[0] ?? [];
  return file ? { file, bytes: Number(bytes) } : null;
};

/** From binlog.000012; files are numbered in the order in which they were written. */
const numberOf = (file: string): number => Number(/\.(\d+)$/.exec(file)?.[1] ?? 0);

/**
 * What was written from one place to a later one. `sizes` are the files of SHOW BINARY LOGS, needed where the server
 * went on to another file; those that were purged meanwhile are not counted.
 */
export const writtenBetween = (
  before: BinlogPosition,
  after: BinlogPosition,
  sizes: readonly BinlogPosition[],
): number => {
  if (before.file === after.file) return Math.max(0, after.bytes - before.bytes);
  const [first, last] = [numberOf(before.file), numberOf(after.file)];
  const between = sizes.filter(({ file }) => numberOf(file) >= first && numberOf(file) < last);
  const whole = between.reduce((total, { bytes }) => total + bytes, 0);
  const counted = between.some(({ file }) => file === before.file) ? before.bytes : 0;
  return whole - counted + after.bytes;
};
