import type { Reading } from "../measure/reading.ts";
import { known, share, unknown } from "../measure/reading.ts";
import { gaugeGrowth, type Span } from "../measure/span.ts";
import { type RelationGrowth, sumOf } from "./growth.ts";

const reading = "pg_stat_statements.reading";
const writing = "pg_stat_statements.writing";

/** Statements that were forgotten for others, or all at once, make the sums fall. */
const forgotten = ["pg_stat_statements_info.dealloc", "pg_stat_statements_info.stats_reset"];

const kept = (span: Span): boolean =>
  forgotten.every((name) => {
    const grown = gaugeGrowth(span, name);
    return "value" in grown && grown.value === 0;
  });

/** As pg_stat_statements counted them, in all databases; null where it is not there, forgot some, or saw none. */
export const countedWriteShare = (span: Span): Reading | null => {
  const [reads, writes] = [gaugeGrowth(span, reading), gaugeGrowth(span, writing)];
  if (!kept(span) || !("value" in reads && "value" in writes)) return null;
  const all = reads.value + writes.value;
  return all <= 0 ? null : share(writes, known(all), "");
};

/** A transaction that wrote more rows than this did so in bulk: a statement that writes many counts as few. */
const statementsOfBulk = 10;

/**
 * Share of the statements that write, without anything that counts statements. `writers` are transactions that wrote.
 * An update or delete finds its rows by a scan, so that there are as many of these statements as changed rows or as
 * scans, whichever are fewer; an insert has no scan. What scans remain are of statements that read.
 */
export const estimatedWriteShare = (tables: readonly RelationGrowth[], writers: number): Reading => {
  const scans = sumOf(tables, ({ grew }) => grew("seq_scan") + grew("idx_scan"));
  const changed = sumOf(tables, ({ grew }) =>
    Math.min(grew("n_tup_upd") + grew("n_tup_del"), grew("seq_scan") + grew("idx_scan")),
  );
  const inserted = sumOf(tables, ({ grew }) => grew("n_tup_ins"));
  const writes = Math.min(changed + inserted, Math.max(1, writers) * statementsOfBulk);
  const reads = scans - changed;
  return writes + reads === 0
    ? unknown("no statement read or wrote a table in the window")
    : known(writes / (writes + reads));
};
