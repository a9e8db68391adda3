import { firstKnown, known, map, type Reading } from "../measure/reading.ts";
import { rate, type Span } from "../measure/span.ts";

/** As in the capture: what the capture's own connections caused of a counter of the server's. */
export const ownName = (counter: string): string => `own.${counter}`;

/** A counter's growth per second without what the capture itself caused. */
export const net = (span: Span, counter: string): Reading => {
  const own = firstKnown(rate(span, ownName(counter)), known(0));
  return map(rate(span, counter), (value) => Math.max(0, value - ("value" in own ? own.value : 0)));
};
