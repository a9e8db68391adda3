import { expect, it } from "vitest";
import { positionOf, writtenBetween } from "./binlog-position.ts";

const at = (number: number, bytes: number) => ({ file: `binlog.${`${number}`.padStart(6, "0")}`, bytes });

it("what was written goes over the files that were begun meanwhile", () => {
  expect(writtenBetween(at(3, 100), at(3, 250), [])).toBe(150);
  const sizes = [at(2, 900), at(3, 1000), at(4, 2000), at(5, 70)];
  expect(writtenBetween(at(3, 100), at(5, 70), sizes)).toBe(900 + 2000 + 70);
});

it("a file that was purged meanwhile is left out, and never counts backwards", () => {
  expect(writtenBetween(at(3, 100), at(5, 70), [at(4, 2000), at(5, 70)])).toBe(2070);
});

it("a server without a binary log has no place in it", () => {
  expect(positionOf([])).toBeNull();
  expect(positionOf([["binlog.000007", "1234", "", "", ""]])).toEqual({ file: "binlog.000007", bytes: 1234 });
});
