import type { Derived, RelationActivity } from "../analyzer.ts";
import type { Capture } from "../capture/schema.ts";
import type { EngineReadings } from "../measure/measured.ts";
import { combine, known, map, type Reading, share, unknown } from "../measure/reading.ts";
import { delta, type Span } from "../measure/span.ts";
import { checkpointsPerHour, requestedCheckpointShare } from "./checkpoints.ts";
import { type RelationGrowth, relationGrowth } from "./growth.ts";
import { rowsRead, rowsWritten } from "./rows.ts";
import {
  type Counted,
  countedFrom,
  dataReadMiBPerSecond,
  dataWrittenMiBPerSecond,
  fsyncsPerSecond,
  logMiBPerSecond,
  ofDatabases,
} from "./server-counters.ts";
import { settingsThatMatter } from "./settings.ts";
import { type TableReadings, tableReadings } from "./table-readings.ts";
import { durableCommitsPerSecond, transactionsPerSecond } from "./transactions.ts";

const mib = 2 ** 20;
const gib = 2 ** 30;

/** Page images as whole pages: the gap in a page is left out of its image, so that this is at most the share. */
const fullPageImageShare = ({ span, settings, pageBytes }: Counted): Reading =>
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

const readingsOf = (all: Counted, { work: _, ...ofTables }: TableReadings): EngineReadings => {
  const { span } = all;
  return {
    transactionsPerSecond: transactionsPerSecond(all),
    commitsPerSecond: durableCommitsPerSecond(all),
    ...ofTables,
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
  const all = countedFrom(capture, span);
  const relations = relationGrowth(span);
  const ofTables = tableReadings(
    all,
    relations.filter(({ kind }) => kind === "table"),
  );
  return {
    readings: readingsOf(all, ofTables),
    work: ofTables.work,
    pageBytes: all.pageBytes,
    pageChecksums: pageChecksums(capture),
    settingsThatMatter,
    relations: relations.map(activityOf(span.seconds)),
  };
};
