import { type Reading, ratio } from "../measure/reading.ts";
import { delta, type Span } from "../measure/span.ts";
import { counters } from "./counter-names.ts";

/** Growth per second of the time in which the logs were followed without a gap. */
export const followed = (span: Span, counter: string): Reading =>
  ratio(
    delta(span, counter),
    delta(span, counters.followedSeconds),
    "the logs began anew faster than they could be followed",
  );
