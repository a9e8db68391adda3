import { expect, test } from "vitest";
import { comparison, measuredText, signed } from "./numbers.ts";

test.each([
  [1.17, "17 % more than XFS"],
  [0.42, "58 % less than XFS"],
  [1.04, "no different from XFS"],
  [0.96, "no different from XFS"],
  [2.116, "2.12 times XFS"],
])("a ratio of %s is %s", (ratio, words) => {
  expect(comparison(ratio, "XFS", 5)).toBe(words);
});

test("measurements have three digits, ranges both ends", () => {
  expect(measuredText(18432)).toBe("18432");
  expect(measuredText(0.123456)).toBe("0.123");
  expect(measuredText({ low: 1410, high: 1760.4 })).toBe("1410 to 1760");
  expect(measuredText({ low: 1500, high: 1500 })).toBe("1500");
});

test("scores carry their sign", () => {
  expect([0.391, 0, -0.02].map(signed)).toEqual(["+0.39", "0.00", "-0.02"]);
  expect([0.004, -0.004].map(signed)).toEqual(["0.00", "0.00"]);
});
