import type { Sample } from "../capture/sample.ts";
import type { Capture } from "../capture/schema.ts";
import { known, map, type Reading, unknown } from "./reading.ts";

/** Where the counts began anew between two samples. */
export interface Break {
  /** Time of the later sample. */
  readonly at: string;
  readonly why: string;
}

/** A run of samples without a break, from which rates are taken. */
export interface Span {
  readonly samples: readonly Sample[];
  readonly first: Sample;
  readonly last: Sample;
  readonly seconds: number;
  /** Of the whole capture, not of the span, which has none. */
  readonly breaks: readonly Break[];
  readonly missing: Capture["missing"];
}

const changed = (before: Sample, after: Sample): string | null => {
  const names = new Set([...Object.keys(before.identity), ...Object.keys(after.identity)]);
  const name = [...names].find((each) => before.identity[each] !== after.identity[each]);
  if (name === undefined) return null;
  return `${name} went from ${before.identity[name] ?? "nothing"} to ${after.identity[name] ?? "nothing"}`;
};

/** A server that was reset without a word of it shows itself by a total that shrank. */
const shrunk = (before: Sample, after: Sample): string | null => {
  const name = Object.keys(after.counters).find(
    (each) => (after.counters[each] ?? 0) < (before.counters[each] ?? 0),
  );
  return name === undefined ? null : `${name} fell from ${before.counters[name]} to ${after.counters[name]}`;
};

const breakBetween = (before: Sample, after: Sample): Break | null => {
  const why = changed(before, after) ?? shrunk(before, after);
  return why === null ? null : { at: after.at, why };
};

const secondsOf = (run: readonly Sample[]): number =>
  (Date.parse(run.at(-1)?.at ?? "") - Date.parse(run[0]?.at ?? "")) / 1000;

/** The longest run of samples without a restart or reset in between; null where no two samples belong together. */
export const spanOf = ({ samples, missing }: Pick<Capture, "samples" | "missing">): Span | null => {
  const breaks: Break[] = [];
  const runs: Sample[][] = [];
  samples.forEach((sample, index) => {
    const before = samples[index - 1];
    const found = before === undefined ? null : breakBetween(before, sample);
    if (found !== null) breaks.push(found);
    if (before === undefined || found !== null) runs.push([sample]);
    else runs.at(-1)?.push(sample);
  });
  const run = runs.reduce((best, each) => (secondsOf(each) > secondsOf(best) ? each : best), runs[0] ?? []);
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  return { samples: run, first, last, seconds: secondsOf(run), breaks, missing };
};

const absent = (span: Span, name: string): Reading =>
  unknown(span.missing[name] ?? `the capture has no ${name}`);

/** How much a counter grew within the span. */
export const delta = (span: Span, counter: string): Reading => {
  const [before, after] = [span.first.counters[counter], span.last.counters[counter]];
  return before === undefined || after === undefined ? absent(span, counter) : known(after - before);
};

/** A counter's growth per second. */
export const rate = (span: Span, counter: string): Reading =>
  map(delta(span, counter), (value) => value / span.seconds);

/** A gauge at the end of the span. */
export const gauge = (span: Span, name: string): Reading => {
  const value = span.last.gauges[name];
  return value === undefined ? absent(span, name) : known(value);
};

/** How much a gauge grew, or shrank, within the span. */
export const gaugeGrowth = (span: Span, name: string): Reading => {
  const [before, after] = [span.first.gauges[name], span.last.gauges[name]];
  return before === undefined || after === undefined ? absent(span, name) : known(after - before);
};
