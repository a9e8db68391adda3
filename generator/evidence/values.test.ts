import { expect, it } from "vitest";
import { middle } from "./values.ts";

it("a range's middle is as far from low as from high, by ratio", () => {
  expect(middle({ low: 1000, high: 4000 })).toBeCloseTo(2000);
  expect(middle({ low: 0.1, high: 0.1 })).toBe(0.1);
  expect(middle(818)).toBe(818);
});
