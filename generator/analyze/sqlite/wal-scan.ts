import type { ReadAt } from "./files.ts";
import {
  type FrameHeader,
  frameHeaderBytes,
  frameOffset,
  parseFrameHeader,
  type WalHeader,
} from "./wal-format.ts";

/** The frames of one transaction, by the page that each holds. */
export interface Commit {
  readonly frames: readonly { readonly page: number; readonly frame: number }[];
  /** Pages of the database from then on. */
  readonly databasePages: number;
}

const frameHeader = (read: ReadAt, frame: number, pageBytes: number): FrameHeader | null => {
  const bytes = read(frameOffset(frame, pageBytes), frameHeaderBytes);
  return bytes.length < frameHeaderBytes ? null : parseFrameHeader(bytes);
};

/**
 * The transactions that were committed into a log from a frame on. Frames of the log's own salts come before those
 * that are left from earlier ones; a transaction that was rolled back has no last frame and is written over.
 */
export const allCommitsFrom = (read: ReadAt, { pageBytes, salts }: WalHeader, from: number): Commit[] => {
  const commits: Commit[] = [];
  let frames: { page: number; frame: number }[] = [];
  for (let frame = from; ; frame++) {
    const header = frameHeader(read, frame, pageBytes);
    if (header === null || header.salts !== salts || header.page === 0) return commits;
    frames.push({ page: header.page, frame });
    if (header.databasePages === 0) continue;
    commits.push({ frames, databasePages: header.databasePages });
    frames = [];
  }
};

/**
 * As allCommitsFrom, but for a last one that no frame follows yet: SQLite writes a frame's header before its page, which
 * may still be missing.
 */
export const settledCommitsFrom = (read: ReadAt, log: WalHeader, from: number): Commit[] => {
  const commits = allCommitsFrom(read, log, from);
  const last = commits.at(-1)?.frames.at(-1)?.frame;
  if (last === undefined) return commits;
  const next = frameHeader(read, last + 1, log.pageBytes);
  return next?.salts === log.salts ? commits : commits.slice(0, -1);
};

export const frameCount = (commits: readonly Commit[]): number =>
  commits.reduce((total, { frames }) => total + frames.length, 0);

export const pageIn = (read: ReadAt, frame: number, pageBytes: number): Buffer =>
  read(frameOffset(frame, pageBytes) + frameHeaderBytes, pageBytes);

/** Whether a frame is still what it was when it was seen. */
export const isFrameOf = (
  read: ReadAt,
  frame: number,
  page: number,
  { pageBytes, salts }: WalHeader,
): boolean => {
  const header = frameHeader(read, frame, pageBytes);
  return header !== null && header.page === page && header.salts === salts;
};
