import type { Derived, RelationActivity } from "../analyzer.ts";
import type { Capture } from "../capture/schema.ts";
import type { EngineReadings } from "../measure/measured.ts";
import { combine, known, map, numberOf, type Reading, share, sum, unknown } from "../measure/reading.ts";
import { delta, type Span } from "../measure/span.ts";
import { checkpointsPerHour, requestedCheckpointShare } from "./checkpoints.ts";
import { type RelationGrowth, relationGrowth, sumOf } from "./growth.ts";
import { pages, readPages, rowsRead, rowsWritten } from "./rows.ts";
import {
  dataReadMiBPerSecond,
  dataWrittenMiBPerSecond,
  fsyncsPerSecond,
  logFlushesPerSecond,
  logMiBPerSecond,
  type Measured,
  measuredFrom,
  ofDatabases,
} from "./server-counters.ts";
import { settingsThatMatter } from "./settings.ts";
import { writeShare } from "./statements.ts";

const mib = 2 ** 20;
const gib = 2 ** 30;

/** Without those that the samples themselves were. */
const transactions = ({ span }: Measured): Reading => {
  const own = (span.samples.length - 1) * (span.last.gauges["transactions of a sample"] ?? 0);
  return map(sum(ofDatabases(span, "xact_commit"), ofDatabases(span, "xact_rollback")), (count) =>
    Math.max(0, count - own),
  );
};

/** Transactions that took a number to write by; savepoints take numbers too, and so do those that were rolled back. */
const writers = ({ span }: Measured): Reading =>
  combine([delta(span, "pg_snapshot_xmax"), ofDatabases(span, "xact_commit")], (...counts) =>
    known(Math.min(...counts)),
  );

/** Without synchronous_commit only what a flush of the log carries is durable. */
const durableCommitsPerSecond = (all: Measured): Reading => {
  const perSecond = map(writers(all), (count) => count / all.span.seconds);
  if (all.settings.synchronous_commit !== "off") return perSecond;
  return combine([perSecond, logFlushesPerSecond(all)], (...rates) => known(Math.min(...rates)));
};

/** Page images as whole pages: the gap in a page is left out of its image, so that this is at most the share. */
const fullPageImageShare = ({ span, settings, pageBytes }: Measured): Reading =>
  (settings.wal_compression ?? "off") === "off"
    ? share(
        map(delta(span, "pg_stat_wal.wal_fpi"), (images) => images * pageBytes),
        delta(span, "pg_stat_wal.wal_bytes"),
        "no log was written in the window",
      )
    : unknown("wal_compression is on, and the size of compressed page images is not counted");

const size = (of: Span["last"]): Reading => {
  const sizes = Object.entries(of.gauges).filter(([name]) => name.startsWith("pg_database_size."));
  return sizes.length === 0
    ? unknown("the capture has no pg_database_size")
    : known(sizes.reduce((total, [, bytes]) => total + bytes, 0));
};

const growth = ({ first, last, seconds }: Span): Reading =>
  combine([size(first), size(last)], (before = 0, after = 0) =>
    known((((after - before) / mib) * 3600) / seconds),
  );

const rowReadings = ({ span }: Measured, tables: readonly RelationGrowth[]) => {
  const perSecond = (count: (table: RelationGrowth) => number): Reading =>
    known(sumOf(tables, count) / span.seconds);
  return {
    rowsReadPerSecond: perSecond(rowsRead),
    rowsInsertedPerSecond: perSecond(({ grew }) => grew("n_tup_ins")),
    rowsUpdatedPerSecond: perSecond(({ grew }) => grew("n_tup_upd")),
    rowsDeletedPerSecond: perSecond(({ grew }) => grew("n_tup_del")),
  };
};

const sharesOf = ({ pageBytes }: Measured, tables: readonly RelationGrowth[]) => {
  const read = tables.map((table) => readPages(table, pageBytes));
  const scanned = read.reduce((total, each) => total + each.scanned, 0);
  const all = read.reduce((total, each) => total + each.scanned + each.lookedUp, 0);
  const total = (count: (table: RelationGrowth) => number): Reading => known(sumOf(tables, count));
  return {
    scanShare: share(known(scanned), known(all), "no row was read in the window"),
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
  };
};

const readingsOf = (all: Measured, tables: readonly RelationGrowth[]): EngineReadings => {
  const { span } = all;
  return {
    transactionsPerSecond: map(transactions(all), (count) => count / span.seconds),
    commitsPerSecond: durableCommitsPerSecond(all),
    ...rowReadings(all, tables),
    writeShare: writeShare(span, tables, numberOf(writers(all)) ?? 0),
    ...sharesOf(all, tables),
    logMiBPerSecond: logMiBPerSecond(all),
    fullPageImageShare: fullPageImageShare(all),
    checkpointsPerHour: checkpointsPerHour(all),
    requestedCheckpointShare: requestedCheckpointShare(all),
    fsyncsPerSecond: fsyncsPerSecond(all),
    dataReadMiBPerSecond: dataReadMiBPerSecond(all),
    dataWrittenMiBPerSecond: dataWrittenMiBPerSecond(all),
    temporaryMiBPerSecond: map(ofDatabases(span, "temp_bytes"), (bytes) => bytes / mib / span.seconds),
    sizeGiB: map(size(span.last), (bytes) => bytes / gib),
    growthMiBPerHour: growth(span),
    workingSetGiB: unknown("PostgreSQL does not count which pages are touched"),
  };
};

const activityOf =
  (seconds: number) =>
  (relation: RelationGrowth): RelationActivity => {
    const { name, kind, bytes, grew } = relation;
    return kind === "index"
      ? {
          name,
          kind,
          bytes,
          readPerSecond: (grew("idx_blks_read") + grew("idx_blks_hit")) / seconds,
          writtenPerSecond: null,
        }
      : {
          name,
          kind,
          bytes,
          readPerSecond: rowsRead(relation) / seconds,
          writtenPerSecond: rowsWritten(relation) / seconds,
        };
  };

const pageChecksums = ({ settings }: Capture): boolean | null =>
  settings.data_checksums === undefined ? null : settings.data_checksums === "on";

/** What a capture of PostgreSQL says of a span. Pure. */
export const derive = (capture: Capture, span: Span): Derived => {
  const all = measuredFrom(capture, span);
  const relations = relationGrowth(span);
  const tables = relations.filter(({ kind }) => kind === "table");
  return {
    readings: readingsOf(all, tables),
    work: known(sumOf(tables, (table) => rowsRead(table) + rowsWritten(table))),
    pageBytes: all.pageBytes,
    pageChecksums: pageChecksums(capture),
    settingsThatMatter,
    relations: relations.map(activityOf(span.seconds)),
  };
};
