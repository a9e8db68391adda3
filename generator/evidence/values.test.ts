import { expect, it } from "vitest";
import { isWithinNoise, middle } from "./values.ts";

it("a range's middle is as far from low as from high, by ratio", () => {
  expect(middle({ low: 1000, high: 4000 })).toBeCloseTo(2000);
  expect(middle({ low: 0.1, high: 0.1 })).toBe(0.1);
  expect(middle(818)).toBe(818);
});

it("a difference within the noise is as large as the noise at most, either way", () => {
  expect([1.07, 1 / 1.07, 1].map((ratio) => isWithinNoise(ratio, 8))).toEqual([true, true, true]);
  expect([1.09, 1 / 1.09].map((ratio) => isWithinNoise(ratio, 8))).toEqual([false, false]);
});
