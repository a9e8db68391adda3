import type { RelationGrowth } from "./growth.ts";

/** Rows that a table's indexes gave: from the table, or from the index alone (monitoring-stats.html, pg_stat_all_indexes). */
const rowsByIndex = ({ grew }: RelationGrowth): number =>
  Math.max(grew("idx_tup_fetch"), grew("idx_tup_read"));

export const rowsRead = (table: RelationGrowth): number => table.grew("seq_tup_read") + rowsByIndex(table);

export const rowsWritten = ({ grew }: Pick<RelationGrowth, "grew">): number =>
  grew("n_tup_ins") + grew("n_tup_upd") + grew("n_tup_del");

const blockKinds = ["heap", "idx", "toast", "tidx"] as const;

/** Pages of a table and of what belongs to it that were looked up in the cache. */
export const pages = ({ grew }: RelationGrowth, found: "hit" | "read"): number =>
  blockKinds.reduce((total, kind) => total + grew(`${kind}_blks_${found}`), 0);

/** Up to this many pages, a scan is how a small table is looked up, and it stays in the cache. */
const smallTablePages = 128;

const rowsOf = ({ last }: RelationGrowth): number => Math.max(last("n_live_tup"), last("reltuples"));

/** Pages of the table that neither an index nor a change of a row explains. */
const unexplainedPages = ({ grew }: RelationGrowth, found: number): number =>
  grew("seq_scan") === 0 ? 0 : Math.max(0, found - grew("idx_tup_fetch") - rowsWritten({ grew }));

/** Pages that scans went through: the rows that they gave, as densely as the table holds its rows. */
const scannedPages = (table: RelationGrowth, pageBytes: number): number => {
  const all = (table.bytes ?? 0) / pageBytes;
  if (all < smallTablePages) return 0;
  const found = table.grew("heap_blks_read") + table.grew("heap_blks_hit");
  const rows = rowsOf(table);
  // A server that crashed, or was never analyzed, does not know how many rows there are.
  return rows === 0
    ? unexplainedPages(table, found)
    : Math.min(found, (table.grew("seq_tup_read") / rows) * all);
};

/** Pages that index scans went to: a leaf for each, and a page of the table for each row, where there were as many. */
const lookedUpPages = (table: RelationGrowth, scanned: number): number =>
  Math.min(
    table.grew("idx_scan") + table.grew("idx_tup_fetch"),
    Math.max(0, pages(table, "hit") + pages(table, "read") - scanned),
  );

/** Of small tables, the pages that a scan of them costs count as looked up. */
const smallScanPages = (table: RelationGrowth, pageBytes: number): number =>
  table.bytes !== null && table.bytes / pageBytes < smallTablePages
    ? table.grew("seq_scan") * Math.max(1, table.bytes / pageBytes)
    : 0;

/** Pages read by scans of whole tables, and by looking rows up. */
export const readPages = (
  table: RelationGrowth,
  pageBytes: number,
): { readonly scanned: number; readonly lookedUp: number } => {
  const scanned = scannedPages(table, pageBytes);
  return { scanned, lookedUp: lookedUpPages(table, scanned) + smallScanPages(table, pageBytes) };
};
