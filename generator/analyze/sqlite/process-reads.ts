import { combine, known, type Reading, ratio, unknown } from "../measure/reading.ts";
import { delta, gauge, rate, type Span } from "../measure/span.ts";
import { counters, gauges } from "./counter-names.ts";
import { followed } from "./followed.ts";

/** SQLite reads a page at a time; a process whose reads are of another mean size reads other things too. */
const tolerance = 0.1;

/** So little beside what is written that it is no matter what it was. */
const littleShare = 0.05;
const littleBytes = 4096;

/** At most: what its own caches answered is not among them, and what its checkpoints read from the log is taken off. */
const mostPages = (span: Span): Reading =>
  combine(
    [rate(span, "process.rchar"), gauge(span, gauges.pageBytes), followed(span, counters.checkpointedPages)],
    (bytes = 0, page = 1, copied = 0) => known(bytes <= littleBytes ? 0 : Math.max(0, bytes / page - copied)),
  );

/**
 * Pages that statements read from the files, by the system calls of the process (proc_pid_io(5), rchar and syscr). Known
 * where its reads are of the size of pages, or too few to matter beside what is written.
 */
export const pagesRead = (span: Span): Reading => {
  const size = ratio(delta(span, "process.rchar"), delta(span, "process.syscr"), "nothing was read");
  return combine(
    [mostPages(span), followed(span, counters.walFrames), gauge(span, gauges.pageBytes)],
    (most = 0, written = 0, page = 1) => {
      if (most <= littleShare * written || most === 0) return known(most);
      return combine([size], (mean = 0) =>
        Math.abs(mean / page - 1) <= tolerance
          ? known(most)
          : unknown(`the process reads other things too: ${Math.round(mean)} bytes at a time`),
      );
    },
  );
};
