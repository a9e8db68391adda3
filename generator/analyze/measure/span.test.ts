import fc from "fast-check";
import { expect, test } from "vitest";
import type { Sample } from "../capture/sample.ts";
import { delta, gauge, gaugeGrowth, rate, spanOf } from "./span.ts";

const sample = (second: number, changes: Partial<Sample> = {}): Sample => ({
  at: new Date(second * 1000).toISOString(),
  identity: { start: "monday" },
  counters: { commits: second * 5 },
  gauges: { size: 1000 - second },
  relations: [],
  ...changes,
});

const span = (samples: Sample[]) => spanOf({ samples, missing: { "pg_stat_io.reads": "it came with 16" } });

test("rates come from the first and the last sample, whatever the server counted before", () => {
  const whole = span([sample(100), sample(110), sample(120)]);
  if (whole === null) throw new Error("no span");
  expect(whole.seconds).toBe(20);
  expect(delta(whole, "commits")).toEqual({ value: 100 });
  expect(rate(whole, "commits")).toEqual({ value: 5 });
  expect(gauge(whole, "size")).toEqual({ value: 880 });
  expect(gaugeGrowth(whole, "size")).toEqual({ value: -20 });
});

test("what is not in the capture is unknown, with the reason that the capture gives", () => {
  const whole = span([sample(0), sample(10)]);
  if (whole === null) throw new Error("no span");
  expect(rate(whole, "pg_stat_io.reads")).toEqual({ unknown: "it came with 16" });
  expect(rate(whole, "elsewhere")).toEqual({ unknown: "the capture has no elsewhere" });
});

test("a restart cuts the window, and the longer part counts", () => {
  const restarted = { identity: { start: "tuesday" } };
  const longer = span([
    sample(0),
    sample(10),
    sample(20, restarted),
    sample(30, restarted),
    sample(50, restarted),
  ]);
  expect([longer?.first.at, longer?.seconds]).toEqual(["1970-01-01T00:00:20.000Z", 30]);
  expect(longer?.breaks).toEqual([
    { at: "1970-01-01T00:00:20.000Z", why: "start went from monday to tuesday" },
  ]);
});

test("a total that shrank is a reset that nobody announced", () => {
  const reset = { counters: { commits: 3 } };
  expect(span([sample(10), sample(20), sample(30, reset)])?.breaks).toEqual([
    { at: "1970-01-01T00:00:30.000Z", why: "commits fell from 100 to 3" },
  ]);
});

test("a restart between the only two samples leaves nothing to measure", () => {
  expect(span([sample(0), sample(10, { identity: { start: "tuesday" } })])).toBeNull();
});

test("within a span no counter ever falls and no identity changes", () => {
  const samples = fc.array(fc.record({ start: fc.constantFrom("a", "b"), commits: fc.nat(5) }), {
    minLength: 2,
  });
  fc.assert(
    fc.property(samples, (rows) => {
      const found = span(
        rows.map(({ start, commits }, i) => sample(i, { identity: { start }, counters: { commits } })),
      );
      for (const [index, after] of (found?.samples ?? []).entries()) {
        const before = found?.samples[index - 1];
        if (before === undefined) continue;
        expect(after.identity).toEqual(before.identity);
        expect(after.counters.commits).toBeGreaterThanOrEqual(before.counters.commits ?? 0);
      }
    }),
  );
});
