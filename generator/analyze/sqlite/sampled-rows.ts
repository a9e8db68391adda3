import { type ReadAt, reading } from "./files.ts";
import { freePages } from "./freelist.ts";
import { type Rows, rowsOf } from "./leaf-rows.ts";
import { type PageChange, type RowChanges, rowChanges } from "./row-changes.ts";
import type { Generation } from "./wal-follower.ts";
import { parseWalHeader, walHeaderBytes } from "./wal-format.ts";
import { type Commit, pageIn } from "./wal-scan.ts";

/** A transaction of more frames is a bulk load or VACUUM, and takes too long to compare. */
const mostFrames = 2000;

/** In the index of the log (walformat.html): which log it is of, how far a checkpoint came, how far it set out to. */
const index = { salts: 32, backfilled: 96, attempted: 128, bytes: 136 };

/** Whether no checkpoint has yet copied anything of this log into the database. */
const isUntouched = (path: string, salts: string): boolean =>
  reading(`${path}-shm`, (read) => {
    const bytes = read(0, index.bytes);
    return (
      bytes.length === index.bytes &&
      bytes.toString("hex", index.salts, index.salts + 8) === salts &&
      // In the byte order of this machine, but zero is zero.
      bytes.readUInt32LE(index.backfilled) === 0 &&
      bytes.readUInt32LE(index.attempted) === 0
    );
  }) ?? false;

/** What is needed to compare a transaction's pages with those before it. */
export interface Comparison {
  /** Of the database. */
  readonly path: string;
  /** As it was before the transaction. */
  readonly generation: Generation;
  readonly reservedBytes: number;
  /** Pages whose rows are SQLite's own. */
  readonly ownPages: ReadonlySet<number>;
}

interface Files {
  readonly log: ReadAt;
  readonly database: ReadAt;
}

const noRows: Rows = new Map();

/** The page before the transaction: from the log, or from the database. Null where a checkpoint may have replaced it there. */
const pageBefore = (
  { path, generation }: Comparison,
  { log, database }: Files,
  page: number,
): Buffer | null => {
  const { pageBytes, salts } = generation.header;
  const frame = generation.latest.get(page);
  if (frame !== undefined) return pageIn(log, frame, pageBytes);
  const image = database((page - 1) * pageBytes, pageBytes);
  return isUntouched(path, salts) ? image : null;
};

/** Pages that a transaction wrote, as they were and as they are; null where one of before is gone. */
const imagesOf = (
  comparison: Comparison,
  commit: Commit,
  files: Files,
): ReadonlyMap<number, { readonly before: Buffer; readonly after: Buffer }> | null => {
  const { pageBytes } = comparison.generation.header;
  const images = new Map<number, { before: Buffer; after: Buffer }>();
  // A page that did not fit into memory may be there twice; the last counts.
  for (const [page, frame] of new Map(commit.frames.map((each) => [each.page, each.frame]))) {
    const before = pageBefore(comparison, files, page);
    if (before === null) return null;
    images.set(page, { before, after: pageIn(files.log, frame, pageBytes) });
  }
  return images;
};

const pageChanges = (comparison: Comparison, commit: Commit, files: Files): PageChange[] | null => {
  const { pageBytes } = comparison.generation.header;
  const rows = (image: Buffer, page: number): Rows =>
    image.length < pageBytes || comparison.ownPages.has(page)
      ? noRows
      : (rowsOf(image, page, pageBytes - comparison.reservedBytes) ?? noRows);
  const images = imagesOf(comparison, commit, files);
  if (images === null) return null;
  const wasFree = freePages((page) => images.get(page)?.before ?? null);
  const isFree = freePages((page) => images.get(page)?.after ?? null);
  const changes = [...images].map(([page, { before, after }]) => ({
    before: wasFree.has(page) ? noRows : rows(before, page),
    after: isFree.has(page) ? noRows : rows(after, page),
  }));
  // A page that was given up is not written for that.
  for (const page of isFree) {
    if (images.has(page) || wasFree.has(page)) continue;
    const before = pageBefore(comparison, files, page);
    if (before === null) return null;
    changes.push({ before: rows(before, page), after: noRows });
  }
  return changes;
};

const compare = (comparison: Comparison, commit: Commit, files: Files): RowChanges | null => {
  const changes = pageChanges(comparison, commit, files);
  const isStill = parseWalHeader(files.log(0, walHeaderBytes))?.salts === comparison.generation.header.salts;
  return changes === null || !isStill ? null : rowChanges(changes);
};

/**
 * What a transaction did to rows, read from the pages themselves: before from the log, or from the database while no
 * checkpoint has written to it. Null where the pages of before are gone, or the log began anew meanwhile.
 */
export const rowChangesIn = (comparison: Comparison, commit: Commit): RowChanges | null => {
  if (commit.frames.length > mostFrames) return null;
  const { path } = comparison;
  try {
    return reading(path, (database) =>
      reading(`${path}-wal`, (log) => compare(comparison, commit, { log, database })),
    );
  } catch (error) {
    // A page that was being written over is none: its numbers lead out of it.
    if (error instanceof RangeError) return null;
    throw error;
  }
};
