import { type ReadAt, reading, statOf } from "./files.ts";
import { frameOffset, parseWalHeader, type WalHeader, walHeaderBytes } from "./wal-format.ts";
import { allCommitsFrom, type Commit, frameCount, settledCommitsFrom } from "./wal-scan.ts";

/** The log between two times that it begins anew. It changes with each commit that is added: a log may have many frames. */
export interface Generation {
  /** Device and inode. */
  readonly file: string;
  readonly header: WalHeader;
  /** Up to the last commit. */
  frames: number;
  databasePages: number;
  /** The latest frame of each page. */
  readonly latest: Map<number, number>;
}

export const addCommit = (generation: Generation, { frames, databasePages }: Commit): void => {
  for (const { page, frame } of frames) generation.latest.set(page, frame);
  generation.frames += frames.length;
  generation.databasePages = databasePages;
};

/** Commits that are still to be added to their generation. */
export interface Part {
  readonly generation: Generation;
  readonly commits: readonly Commit[];
}

/** What came to pass since the last look. */
export interface Progress {
  /** The log that ended, where it began anew; checkpoints have then written all of its pages into the database. */
  readonly ended: Part | null;
  /** Null where there is no log now. */
  readonly current: Part | null;
  readonly restarts: number;
  /** Some of it was overwritten before it was seen. */
  readonly hasGap: boolean;
}

const quiet: Progress = { ended: null, current: null, restarts: 0, hasGap: false };

const fresh = (read: ReadAt, file: string, header: WalHeader): Part => ({
  generation: { file, header, frames: 0, databasePages: 0, latest: new Map() },
  commits: settledCommitsFrom(read, header, 0),
});

const goneOn = (read: ReadAt, generation: Generation): Part => ({
  generation,
  commits: settledCommitsFrom(read, generation.header, generation.frames),
});

/** After one restart the end of the old log still lies behind the new one, unless that has grown past it. */
const begunAnew = (read: ReadAt, before: Generation, header: WalHeader, size: number): Progress => {
  const ended = { generation: before, commits: allCommitsFrom(read, before.header, before.frames) };
  const current = fresh(read, before.file, header);
  const restarts = header.sequence - before.header.sequence;
  const isCovered =
    frameCount(current.commits) > before.frames || size < frameOffset(before.frames, before.header.pageBytes);
  return { ended, current, restarts: Math.max(1, restarts), hasGap: restarts !== 1 || isCovered };
};

const without = (before: Generation | null): Progress => ({
  ...quiet,
  ended: before === null ? null : { generation: before, commits: [] },
});

const compare = (read: ReadAt, file: string, size: number, before: Generation | null): Progress => {
  const header = parseWalHeader(read(0, walHeaderBytes));
  if (header === null) return without(before);
  if (before === null) return { ...quiet, current: fresh(read, file, header) };
  // The last connection deleted the old log, and another one came before it was looked at again.
  if (before.file !== file)
    return { ...without(before), current: fresh(read, file, header), restarts: 1, hasGap: true };
  return header.salts === before.header.salts
    ? { ...quiet, current: goneOn(read, before) }
    : begunAnew(read, before, header, size);
};

/** Looks at a log again. Where there was none before, all of it is new. */
export const look = (path: string, before: Generation | null): Progress => {
  const stat = statOf(path);
  if (stat === null) return without(before);
  const file = `${stat.dev}:${stat.ino}`;
  return reading(path, (read) => compare(read, file, stat.size, before)) ?? without(before);
};
