import { expect, it } from "vitest";
import { middle, spread } from "./values.ts";

it("a range's middle is as far from low as from high, by ratio", () => {
  expect(middle({ low: 1000, high: 4000 })).toBeCloseTo(2000);
  expect(middle({ low: 0.1, high: 0.1 })).toBe(0.1);
  expect(middle(818)).toBe(818);
});

it("spread is high over low, and 1 where there is one number, zero included", () => {
  expect(spread({ low: 2550, high: 3560 })).toBeCloseTo(1.396, 3);
  expect(spread(818)).toBe(1);
  expect(spread({ low: 0, high: 0 })).toBe(1);
});
