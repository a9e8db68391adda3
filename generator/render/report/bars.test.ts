import * as fc from "fast-check";
import { expect, test } from "vitest";
import { barsAroundZero, barsFromZero } from "./bars.ts";

test("lengths compare as the values do", () => {
  expect(barsFromZero([1, 0.5, 2]).map(({ width }) => width)).toEqual([50, 25, 100]);
  expect(barsFromZero([0, 0]).map(({ width }) => width)).toEqual([0, 0]);
});

test("losses lie left of nought and gains right of it", () => {
  expect(barsAroundZero([1, -3])).toEqual({
    zero: 75,
    bars: [
      { x: 75, width: 25 },
      { x: 0, width: 75 },
    ],
  });
  expect(barsAroundZero([0.4, 0.2]).zero).toBe(0);
  expect(barsAroundZero([-0.4]).zero).toBe(100);
});

test("no bar leaves its plot", () => {
  const score = fc.double({ min: -20, max: 20, noNaN: true });
  fc.assert(
    fc.property(fc.array(score, { minLength: 1 }), (scores) => {
      for (const { x, width } of barsAroundZero(scores).bars) {
        expect(x).toBeGreaterThanOrEqual(0);
        // Each end is rounded to a tenth by itself.
        expect(x + width).toBeLessThanOrEqual(100.11);
      }
    }),
  );
});
