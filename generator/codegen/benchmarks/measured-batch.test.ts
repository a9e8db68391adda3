import { expect, test } from "vitest";
import type { Measured } from "../../evidence/schema.ts";
import { compare, rangeOf } from "./measured-batch.ts";
import { measuredOf, row } from "./testing/measured.ts";

const compared = (a: Measured, b: Measured, noisePercent = 5) => {
  const rows = [row("a", {}, a), row("b", "xfs", b)] as const;
  return compare(measuredOf(rows, { noisePercent }).batch, "transactionsPerSecond", ...rows);
};

test.each<[string, Measured, Measured, boolean]>([
  ["more than the noise", 107, 100, true],
  ["as much as the noise", 104, 100, false],
  ["less by more than the noise", 90, 100, true],
  ["ranges that meet, however far their middles", { low: 80, high: 160 }, { low: 70, high: 90 }, false],
  ["ranges apart", { low: 150, high: 160 }, { low: 70, high: 90 }, true],
  ["a value in the range of the other", 100, { low: 80, high: 101 }, false],
])("%s: %j and %j differ: %s", (_, a, b, differs) => {
  expect(compared(a, b)?.differs).toBe(differs);
});

test("where the noise is not known, 30 % are taken for it, and no range is drawn", () => {
  expect([129, 132].map((value) => compared(value, 100, 0)?.differs)).toEqual([false, true]);
  expect(rangeOf(200, measuredOf([], { noisePercent: 0 }).batch)).toBeNull();
});

test("a metric that one of them lacks is not compared", () => {
  const [a, b] = [row("a", {}, { extents: 7 }), row("b", "xfs", 100)];
  expect(compare(measuredOf([a, b]).batch, "transactionsPerSecond", a, b)).toBeNull();
});

test("the ranges of two single values meet where they differ by no more than the noise", () => {
  const { batch } = measuredOf([], { noisePercent: 56.25 });
  expect(rangeOf(100, batch)).toEqual({ low: 80, high: 125 });
  expect(rangeOf(156.25, batch)).toEqual({ low: 125, high: 195.3125 });
  expect(rangeOf({ low: 90, high: 95 }, batch)).toEqual({ low: 90, high: 95 });
});
