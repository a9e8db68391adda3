import { combine, known, map, type Reading, sum } from "../measure/reading.ts";
import { delta } from "../measure/span.ts";
import { type Counted, logFlushesPerSecond, ofDatabases } from "./server-counters.ts";

/** Without those that the samples themselves were. */
const ended = ({ span }: Counted): Reading => {
  const own = (span.samples.length - 1) * (span.last.gauges["transactions of a sample"] ?? 0);
  return map(sum(ofDatabases(span, "xact_commit"), ofDatabases(span, "xact_rollback")), (count) =>
    Math.max(0, count - own),
  );
};

export const transactionsPerSecond = (all: Counted): Reading =>
  map(ended(all), (count) => count / all.span.seconds);

/** Transactions that took a number to write by; savepoints take numbers too, and so do those that were rolled back. */
export const writers = ({ span }: Counted): Reading =>
  combine([delta(span, "pg_snapshot_xmax"), ofDatabases(span, "xact_commit")], (...counts) =>
    known(Math.min(...counts)),
  );

/** Without synchronous_commit only what a flush of the log carries is durable. */
export const durableCommitsPerSecond = (all: Counted): Reading => {
  const perSecond = map(writers(all), (count) => count / all.span.seconds);
  if (all.settings.synchronous_commit !== "off") return perSecond;
  return combine([perSecond, logFlushesPerSecond(all)], (...rates) => known(Math.min(...rates)));
};
