import { combine, known, map, type Reading, sum } from "../measure/reading.ts";
import { delta, type Span } from "../measure/span.ts";
import { type Counted, logFlushesPerSecond, ofDatabases } from "./server-counters.ts";

/** Those that the samples themselves were; each of them commits. */
const ownTransactions = ({ samples, last }: Span): number =>
  (samples.length - 1) * (last.gauges["transactions of a sample"] ?? 0);

const ended = (span: Span, counter: "xact_commit" | "xact_rollback"): Reading =>
  map(ofDatabases(span, counter), (count) =>
    Math.max(0, count - (counter === "xact_commit" ? ownTransactions(span) : 0)),
  );

export const transactionsPerSecond = ({ span }: Counted): Reading =>
  map(sum(ended(span, "xact_commit"), ended(span, "xact_rollback")), (count) => count / span.seconds);

/** Transactions that took a number to write by; savepoints take numbers too, and so do those that were rolled back. */
export const writers = ({ span }: Counted): Reading =>
  combine([delta(span, "pg_snapshot_xmax"), ended(span, "xact_commit")], (...counts) =>
    known(Math.min(...counts)),
  );

/** Without synchronous_commit only what a flush of the log carries is durable. */
export const durableCommitsPerSecond = (all: Counted): Reading => {
  const perSecond = map(writers(all), (count) => count / all.span.seconds);
  if (all.settings.synchronous_commit !== "off") return perSecond;
  return combine([perSecond, logFlushesPerSecond(all)], (...rates) => known(Math.min(...rates)));
};
