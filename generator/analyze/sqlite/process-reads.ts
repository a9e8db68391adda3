import { combine, known, type Reading, ratio, unknown } from "../measure/reading.ts";
import { delta, gauge, rate, type Span } from "../measure/span.ts";
import { counters, gauges } from "./counter-names.ts";

/** SQLite reads a page at a time; a process whose reads are of another mean size reads other things too. */
const tolerance = 0.1;

/** An application that hardly reads at all reads no pages, whatever the size of what it does read. */
const few = 1;

/**
 * Pages that statements read from the files, by the system calls of the process (proc_pid_io(5), rchar and syscr): what
 * its own caches answered is not among them, and what its checkpoints read from the log is taken off.
 */
export const pagesRead = (span: Span): Reading => {
  const calls = rate(span, "process.syscr");
  const size = ratio(delta(span, "process.rchar"), delta(span, "process.syscr"), "nothing was read");
  const checkpoints = ratio(
    delta(span, counters.checkpointedPages),
    delta(span, counters.followedSeconds),
    "the logs began anew faster than they could be followed",
  );
  const page = gauge(span, gauges.pageBytes);
  if ("value" in calls && calls.value < few) return known(0);
  const areOthers = combine([size, page], (mean = 0, bytes = 1) =>
    Math.abs(mean / bytes - 1) > tolerance
      ? unknown(`the process reads other things too: ${Math.round(mean)} bytes at a time`)
      : known(0),
  );
  return combine([areOthers, calls, checkpoints], (_, all = 0, copied = 0) =>
    known(Math.max(0, all - copied)),
  );
};
