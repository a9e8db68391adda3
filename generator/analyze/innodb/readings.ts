import type { Capture } from "../capture/schema.ts";
import type { EngineReadings } from "../measure/measured.ts";
import {
  combine,
  firstKnown,
  known,
  map,
  type Reading,
  ratio,
  share,
  sum,
  unknown,
} from "../measure/reading.ts";
import { gauge, gaugeGrowth, rate, type Span } from "../measure/span.ts";
import type { Dialect } from "./dialect.ts";
import { net } from "./own-share.ts";
import { sizeNames, transactionCount } from "./queries.ts";
import { scanShare } from "./scans.ts";
import { transactions, writeShare } from "./statements.ts";

const mib = 2 ** 20;
const gib = 2 ** 30;
const hour = 3600;

const inMiB = (bytes: Reading): Reading => map(bytes, (value) => value / mib);

type Settings = Capture["settings"];

const writesBinlog = (settings: Settings): boolean => settings.log_bin === "ON" || settings.log_bin === "1";

const commits = (dialect: Dialect, span: Span, settings: Settings): Reading =>
  firstKnown(
    rate(span, "trx_commits_insert_update"),
    writesBinlog(settings) ? rate(span, "Binlog_cache_use") : dialect.commitsWithoutBinlog(span),
  );

const pagesAsMiB = (span: Span, counter: string): Reading =>
  combine([rate(span, counter), gauge(span, "Innodb_page_size")], (pages = 0, bytes = 0) =>
    known((pages * bytes) / mib),
  );

/** Innodb_data_fsyncs has the redo log's in it (seen under strace, 10.11, 11.8 and 9.7). */
const fsyncs = (dialect: Dialect, span: Span, settings: Settings): Reading => {
  const own = rate(span, "Innodb_data_fsyncs");
  const every = Number(settings.sync_binlog ?? 0);
  if (!writesBinlog(settings) || every === 0) return own;
  const binlog = dialect.binlogSyncs(span);
  if ("value" in binlog || "unknown" in own)
    return sum(
      own,
      map(binlog, (groups) => groups / every),
    );
  return unknown(`${binlog.unknown}; InnoDB flushed ${Number(own.value.toPrecision(3))} times a second`);
};

/** What nobody counted in bytes is nothing where no file was made. */
const temporary = (dialect: Dialect, span: Span): Reading => {
  const made = sum(net(span, "Created_tmp_disk_tables"), net(span, "Created_tmp_files"));
  const none: Reading =
    "value" in made && made.value === 0
      ? known(0)
      : unknown("the server counts temporary tables and files, not their bytes");
  const [first, ...more] = dialect.temporaryBytes.map((name) => rate(span, name));
  return first === undefined ? none : firstKnown(inMiB(sum(first, ...more)), none);
};

/** The fullest moment counts: then pages are flushed in a hurry. */
const redoInUse = ({ redo }: Dialect, { samples }: Span, missing: Reading): Reading => {
  const shares = samples.flatMap(({ gauges }) => {
    const [used, whole] = [gauges[redo.inUse], gauges[redo.capacity]];
    return used === undefined || !whole ? [] : [used / whole];
  });
  return shares.length === 0 ? missing : known(Math.min(1, Math.max(...shares)));
};

const none = {
  hotUpdateShare: unknown("InnoDB updates rows in place and has no HOT updates"),
  fullPageImageShare: unknown(
    "InnoDB's log holds changes and no pages: the doublewrite buffer mends torn ones",
  ),
  requestedCheckpointShare: unknown("InnoDB's checkpoints follow its flushing; none has a time of its own"),
  workingSetGiB: unknown("InnoDB does not count which pages are touched"),
} as const;

const size = (span: Span, name: "bytes" | "allocated"): Reading =>
  sum(
    gauge(span, sizeNames[name]),
    "system_tablespace.bytes" in span.last.gauges ? gauge(span, "system_tablespace.bytes") : known(0),
  );

/** Everything that the engines are asked for, of a span of samples. */
export const readingsOf = (dialect: Dialect, { settings }: Capture, span: Span): EngineReadings => {
  const { rows } = dialect;
  const [inserted, updated, deleted] = [rows.inserted(span), rows.updated(span), rows.deleted(span)];
  const read = rows.read(span);
  const committed = commits(dialect, span, settings);
  return {
    ...none,
    transactionsPerSecond: transactions(span, transactionCount, committed),
    commitsPerSecond: committed,
    rowsReadPerSecond: read,
    rowsInsertedPerSecond: inserted,
    rowsUpdatedPerSecond: updated,
    rowsDeletedPerSecond: deleted,
    writeShare: writeShare(span, sum(inserted, updated, deleted)),
    scanShare: scanShare(span, read, rows.temporary(span)),
    logMiBPerSecond: inMiB(rate(span, dialect.redo.position)),
    checkpointsPerHour: map(
      firstKnown(rate(span, "log_checkpoints"), unknown(checkpointsOff)),
      (perSecond) => perSecond * hour,
    ),
    fsyncsPerSecond: fsyncs(dialect, span, settings),
    cacheMissShare: share(
      rate(span, "Innodb_buffer_pool_reads"),
      rate(span, "Innodb_buffer_pool_read_requests"),
      "no page was asked for in the window",
    ),
    dataReadMiBPerSecond: inMiB(rate(span, "Innodb_data_read")),
    dataWrittenMiBPerSecond: pagesAsMiB(span, "Innodb_pages_written"),
    temporaryMiBPerSecond: temporary(dialect, span),
    sizeGiB: map(size(span, "bytes"), (bytes) => bytes / gib),
    growthMiBPerHour: ratio(
      map(gaugeGrowth(span, sizeNames.bytes), (bytes) => (bytes / mib) * hour),
      known(span.seconds),
      "",
    ),
    binlogMiBPerSecond: writesBinlog(settings) ? inMiB(rate(span, dialect.binlogBytes)) : known(0),
    doublewriteMiBPerSecond: pagesAsMiB(span, "Innodb_dblwr_pages_written"),
    temporaryTablesPerSecond: net(span, "Created_tmp_disk_tables"),
    redoInUseShare: redoInUse(dialect, span, gauge(span, dialect.redo.inUse)),
  };
};

const checkpointsOff =
  "INNODB_METRICS counts them once innodb_monitor_enable = 'log_checkpoints' is set; how full the redo log gets says more";
