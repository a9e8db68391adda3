import type { Rows } from "./leaf-rows.ts";

export interface RowChanges {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

export const noChanges: RowChanges = { inserted: 0, updated: 0, deleted: 0 };

/** A page before a transaction and after it. */
export interface PageChange {
  readonly before: Rows;
  readonly after: Rows;
}

type Row = readonly [rowid: string, bytes: Buffer];

/** Rows of `a` that `b` has not under the same rowid. */
const lacking = (a: Rows, b: Rows): Row[] => [...a].filter(([rowid]) => !b.has(rowid));

const changed = ({ before, after }: PageChange): number =>
  [...after].filter(([rowid, bytes]) => {
    const old = before.get(rowid);
    return old !== undefined && !old.equals(bytes);
  }).length;

/** Takes the rows out of `gone` that came to another page, and says how many of them were changed on the way. */
const movedAmong = (gone: Map<string, Buffer>, come: readonly Row[]): { moved: number; updated: number } => {
  let [moved, updated] = [0, 0];
  for (const [rowid, bytes] of come) {
    const old = gone.get(rowid);
    if (old === undefined) continue;
    gone.delete(rowid);
    moved++;
    if (!old.equals(bytes)) updated++;
  }
  return { moved, updated };
};

/**
 * What a transaction did to the rows of its pages. A row that a split or a merge of pages moved is none that was
 * inserted and deleted.
 */
export const rowChanges = (pages: readonly PageChange[]): RowChanges => {
  const gone = new Map(pages.flatMap(({ before, after }) => lacking(before, after)));
  const come = pages.flatMap(({ before, after }) => lacking(after, before));
  const all = pages.reduce((sum, { before, after }) => sum + lacking(before, after).length, 0);
  const { moved, updated } = movedAmong(gone, come);
  return {
    inserted: come.length - moved,
    deleted: all - moved,
    updated: updated + pages.reduce((sum, page) => sum + changed(page), 0),
  };
};

export const addChanges = (a: RowChanges, b: RowChanges): RowChanges => ({
  inserted: a.inserted + b.inserted,
  updated: a.updated + b.updated,
  deleted: a.deleted + b.deleted,
});
