import { atLeast, parseVersion } from "../../version.ts";
import type { Capture } from "../capture/schema.ts";
import { known, map, type Reading, sum, unknown } from "../measure/reading.ts";
import { delta, rate, type Span } from "../measure/span.ts";

/** A span of a server, with what decides which of its counters say what. */
export interface Counted {
  readonly span: Span;
  readonly settings: Capture["settings"];
  readonly pageBytes: number;
  /** Whether the server is of this series or a later one. */
  since(series: string): boolean;
}

export const countedFrom = ({ server, settings }: Capture, span: Span): Counted => {
  const version = parseVersion(server.version);
  return {
    span,
    settings,
    pageBytes: Number(settings.block_size ?? 8192),
    since: (series) => atLeast(version, series),
  };
};

const mib = 2 ** 20;

/** How much counters grew together. */
const grownOf = ({ first, last }: Span, names: readonly string[]): number =>
  names.reduce((total, name) => total + (last.counters[name] ?? 0) - (first.counters[name] ?? 0), 0);

/** Samples have the busiest databases only; one that was there before, and was not among them, has no start. */
const hasStart = ({ first }: Span, name: string): boolean =>
  first.counters[name] !== undefined ||
  first.gauges[name.replace(/^pg_stat_database\.(.*)\.\w+$/s, "pg_database_size.$1")] === undefined;

/** Of all databases together: pg_stat_database.NAME/OID.COUNTER. */
export const ofDatabases = (span: Span, counter: string): Reading => {
  const names = Object.keys(span.last.counters).filter(
    (name) => name.startsWith("pg_stat_database.") && name.endsWith(`.${counter}`) && hasStart(span, name),
  );
  return known(grownOf(span, names));
};

/** Of all kinds of reading and writing of an object: pg_stat_io.OBJECT.CONTEXT.COUNTER. */
const ofIo = (span: Span, object: string, counter: string): number => {
  const names = Object.keys(span.last.counters).filter(
    (name) => name.startsWith(`pg_stat_io.${object}.`) && name.endsWith(`.${counter}`),
  );
  return grownOf(span, names);
};

const perSecond = ({ span }: Counted, amount: number): Reading => known(amount / span.seconds);

/** Bytes per second to MiB, of operations that 18 counts in bytes and the versions before in pages. */
const ioMiBPerSecond = (all: Counted, ...operations: readonly ("read" | "write" | "extend")[]): Reading => {
  const amount = (operation: string): number =>
    all.since("18")
      ? ofIo(all.span, "relation", `${operation}_bytes`)
      : ofIo(all.span, "relation", `${operation}s`) * all.pageBytes;
  return perSecond(all, operations.reduce((total, each) => total + amount(each), 0) / mib);
};

const pagesPerSecond = (all: Counted, pages: Reading): Reading =>
  map(pages, (count) => (count * all.pageBytes) / mib / all.span.seconds);

export const dataReadMiBPerSecond = (all: Counted): Reading =>
  all.since("16") ? ioMiBPerSecond(all, "read") : pagesPerSecond(all, ofDatabases(all.span, "blks_read"));

export const dataWrittenMiBPerSecond = (all: Counted): Reading => {
  if (all.since("16")) return ioMiBPerSecond(all, "write", "extend");
  const writers = ["buffers_checkpoint", "buffers_clean", "buffers_backend"];
  return pagesPerSecond(all, sum(...writers.map((name) => delta(all.span, `pg_stat_bgwriter.${name}`))));
};

/** With these, each write of the log is a flush, and none is counted as one (pg_stat_wal.wal_sync). */
const writesAreFlushes = ({ settings }: Counted): boolean => /^open_/.test(settings.wal_sync_method ?? "");

/** Flushes of the log per second. */
export const logFlushesPerSecond = (all: Counted): Reading => {
  const direct = writesAreFlushes(all);
  if (!all.since("18")) return rate(all.span, `pg_stat_wal.${direct ? "wal_write" : "wal_sync"}`);
  return perSecond(all, ofIo(all.span, "wal", direct ? "writes" : "fsyncs"));
};

const logAlone = (flushes: Reading): Reading =>
  "value" in flushes
    ? unknown(`this version counts those of the log alone: ${flushes.value.toPrecision(3)}/s`)
    : flushes;

export const fsyncsPerSecond = (all: Counted): Reading => {
  if (all.settings.fsync === "off") return known(0);
  const log = logFlushesPerSecond(all);
  return all.since("16") ? sum(log, perSecond(all, ofIo(all.span, "relation", "fsyncs"))) : logAlone(log);
};

/** The log's position counts all that was written, and at once; pg_stat_wal what sessions have reported so far. */
export const logMiBPerSecond = ({ span }: Counted): Reading =>
  map(rate(span, "pg_current_wal_insert_lsn"), (bytes) => bytes / mib);
