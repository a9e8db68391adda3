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
import { delta, gauge, gaugeGrowth, rate, type Span } from "../measure/span.ts";
import { counters, gauges } from "./counter-names.ts";
import { followed } from "./followed.ts";
import { pagesRead } from "./process-reads.ts";

const mib = 2 ** 20;
const gib = 2 ** 30;
const hour = 3600;

const isZero = (reading: Reading): boolean => "value" in reading && reading.value === 0;

/** The log's pages; a rollback journal's are gone with the commit. */
const logBytes = (span: Span, byJournal: Reading): Reading =>
  isZero(byJournal)
    ? followed(span, counters.walBytes)
    : unknown("a rollback journal goes with its transaction, and its bytes are not seen");

/** Of the commits that were compared page by page, applied to all. */
const rows = (span: Span, counter: string, commits: Reading, byJournal: Reading): Reading => {
  if (isZero(commits)) return known(0);
  if (!isZero(byJournal)) return unknown("what a transaction did to rows is seen in a write-ahead log alone");
  const compared = ratio(
    delta(span, counter),
    delta(span, counters.comparedCommits),
    "no transaction could be compared with what was there before",
  );
  return combine([compared, commits], (perCommit = 0, perSecond = 0) => known(perCommit * perSecond));
};

/** Tables without rowids, and changes of indexes alone, show no row. */
const rowsOrUnknown = (readings: readonly Reading[], commits: Reading): readonly Reading[] => {
  const total = sum(...readings);
  return isZero(total) && !isZero(commits)
    ? readings.map(() => unknown("the transactions that were compared changed no row of a table with rowids"))
    : readings;
};

/** In pages, for statements leave no trace: those that went into the log among those and what the process read. */
const writeShare = (span: Span, commits: Reading, byJournal: Reading): Reading => {
  const read = pagesRead(span);
  if (isZero(commits))
    return combine([read], (pages = 0) => (pages > 0 ? known(0) : unknown("nothing was read or written")));
  if (!isZero(byJournal))
    return unknown("SQLite counts no statements, and a rollback journal's pages are not seen");
  const written = followed(span, counters.walFrames);
  return share(written, sum(written, read), "nothing was read or written");
};

/** Where nothing is read, nothing is scanned. */
const scanShare = (span: Span): Reading => {
  const read = pagesRead(span);
  return isZero(read) ? known(0) : unknown("in which order a process reads pages does not show");
};

const uncounted = "SQLite does not count it, and its files do not show it";
const none = {
  transactionsPerSecond: unknown("transactions that only read leave no trace in the files"),
  rowsReadPerSecond: unknown("what is read leaves no trace in the files"),
  hotUpdateShare: unknown("SQLite has no HOT updates"),
  requestedCheckpointShare: unknown(uncounted),
  fsyncsPerSecond: unknown("each connection decides it (PRAGMA synchronous), and the files do not show it"),
  cacheMissShare: unknown("each connection has a cache of its own and tells nobody"),
  temporaryMiBPerSecond: unknown("temporary files are deleted while they are open"),
  workingSetGiB: unknown(uncounted),
} as const;

/** Everything that the engines are asked for, as far as files and the process show it. */
export const readingsOf = (span: Span): EngineReadings => {
  const byJournal = rate(span, counters.changes);
  const commits = sum(followed(span, counters.walCommits), byJournal);
  const row = (counter: string) => rows(span, counter, commits, byJournal);
  const [inserted, updated, deleted] = rowsOrUnknown(
    [row(counters.rowsInserted), row(counters.rowsUpdated), row(counters.rowsDeleted)],
    commits,
  ) as [Reading, Reading, Reading];
  const read = pagesRead(span);
  const pageMiB = map(gauge(span, gauges.pageBytes), (bytes) => bytes / mib);
  return {
    ...none,
    commitsPerSecond: commits,
    rowsInsertedPerSecond: inserted,
    rowsUpdatedPerSecond: updated,
    rowsDeletedPerSecond: deleted,
    writeShare: writeShare(span, commits, byJournal),
    scanShare: scanShare(span),
    logMiBPerSecond: map(logBytes(span, byJournal), (bytes) => bytes / mib),
    fullPageImageShare: isZero(followed(span, counters.walFrames))
      ? unknown("no log was written in the window")
      : map(followed(span, counters.walFrames), () => 1),
    checkpointsPerHour: map(rate(span, counters.walRestarts), (perSecond) => perSecond * hour),
    dataReadMiBPerSecond: combine([read, pageMiB], (pages = 0, size = 0) => known(pages * size)),
    dataWrittenMiBPerSecond: isZero(byJournal)
      ? map(followed(span, counters.checkpointedBytes), (bytes) => bytes / mib)
      : unknown("which pages a rollback journal's transaction rewrote does not show"),
    sizeGiB: map(gauge(span, gauges.bytes), (bytes) => bytes / gib),
    growthMiBPerHour: map(gaugeGrowth(span, gauges.bytes), (bytes) => (bytes / mib / span.seconds) * hour),
  };
};

/** What clients did, in pages and commits. */
export const workOf = (span: Span): Reading => {
  const written = sum(followed(span, counters.walFrames), rate(span, counters.changes));
  return isZero(written) ? pagesRead(span) : firstKnown(sum(written, pagesRead(span)), written);
};
