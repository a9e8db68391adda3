import { known, numberOf, type Reading, share, unknown } from "../measure/reading.ts";
import { type RelationGrowth, sumOf } from "./growth.ts";
import { pages, readPages, rowsRead, rowsWritten } from "./rows.ts";
import type { Counted } from "./server-counters.ts";
import { countedWriteShare, estimatedWriteShare } from "./statements.ts";
import { writers } from "./transactions.ts";
import { unseenWork } from "./unseen.ts";

const rowReadings = ({ span }: Counted, tables: readonly RelationGrowth[]) => {
  const perSecond = (count: (table: RelationGrowth) => number): Reading =>
    known(sumOf(tables, count) / span.seconds);
  return {
    rowsReadPerSecond: perSecond(rowsRead),
    rowsInsertedPerSecond: perSecond(({ grew }) => grew("n_tup_ins")),
    rowsUpdatedPerSecond: perSecond(({ grew }) => grew("n_tup_upd")),
    rowsDeletedPerSecond: perSecond(({ grew }) => grew("n_tup_del")),
  };
};

const sharesOf = (all: Counted, tables: readonly RelationGrowth[]) => {
  const read = tables.map((table) => readPages(table, all.pageBytes));
  const scanned = read.reduce((total, each) => total + each.scanned, 0);
  const pagesRead = read.reduce((total, each) => total + each.scanned + each.lookedUp, 0);
  const total = (count: (table: RelationGrowth) => number): Reading => known(sumOf(tables, count));
  return {
    scanShare: share(known(scanned), known(pagesRead), "no row was read in the window"),
    hotUpdateShare: share(
      total(({ grew }) => grew("n_tup_hot_upd")),
      total(({ grew }) => grew("n_tup_upd")),
      "no row was updated in the window",
    ),
    cacheMissShare: share(
      total((table) => pages(table, "read")),
      total((table) => pages(table, "read") + pages(table, "hit")),
      "no page of a table was read in the window",
    ),
    writeShare: estimatedWriteShare(tables, numberOf(writers(all)) ?? 0),
  };
};

export type TableReadings = ReturnType<typeof rowReadings> &
  ReturnType<typeof sharesOf> & { readonly work: Reading };

/** All that rests on the counters of tables, which are known of the databases that were looked into. */
export const tableReadings = (all: Counted, tables: readonly RelationGrowth[]): TableReadings => {
  const readings = {
    ...rowReadings(all, tables),
    ...sharesOf(all, tables),
    work: known(sumOf(tables, (table) => rowsRead(table) + rowsWritten(table))),
  };
  const why = unseenWork(all.span);
  const ofTables =
    why === null
      ? readings
      : (Object.fromEntries(Object.keys(readings).map((name) => [name, unknown(why)])) as TableReadings);
  // Where statements themselves are counted, nothing needs to be estimated.
  return { ...ofTables, writeShare: countedWriteShare(all.span) ?? ofTables.writeShare };
};
