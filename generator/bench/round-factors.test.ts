import * as fc from "fast-check";
import { expect, test } from "vitest";
import { roundFactors, type Sample } from "./round-factors.ts";

/** Rates by round, for each candidate. */
const samples = (rates: Readonly<Record<string, readonly number[]>>): Sample[] =>
  Object.entries(rates).flatMap(([candidate, own]) =>
    own.map((value, at) => ({ candidate, round: at + 1, value })),
  );

const factorsOf = (rates: Readonly<Record<string, readonly number[]>>) => [
  ...roundFactors(samples(rates)).values(),
];

test("a round in which the machine was half as fast is half the factor of the others", () => {
  const [first = 0, second = 0, third = 0] = factorsOf({ xfs: [100, 50, 100], cow: [30, 15, 30] });
  expect(first / second).toBeCloseTo(2);
  expect(first / third).toBeCloseTo(1);
  expect(first * second * third).toBeCloseTo(1);
});

test("one candidate that had bad luck in a round does not make it a slow one", () => {
  const [first = 0, second = 0] = factorsOf({ a: [10, 10], b: [20, 20], c: [30, 30], d: [40, 4], e: [5, 5] });
  expect(first / second).toBeCloseTo(1);
});

test("a candidate that missed a round has no say, and one alone tells nothing of rounds", () => {
  expect(factorsOf({ a: [10, 20], b: [10, 20], late: [1000] }).map((f) => f.toFixed(3))).toEqual(
    factorsOf({ a: [10, 20], b: [10, 20] }).map((f) => f.toFixed(3)),
  );
  expect(factorsOf({ a: [10, 20, 10] })).toEqual([]);
  expect(factorsOf({ a: [10, 20], b: [10] })).toEqual([]);
});

test("are of rounds alone: how fast candidates are does not matter", () => {
  const rate = fc.double({ min: 1, max: 1000, noNaN: true });
  const rounds = fc.array(rate, { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(rounds, { minLength: 2, maxLength: 6 }), rate, (rows, by) => {
      const table = (factor: number) =>
        factorsOf(
          Object.fromEntries(rows.map((row, at) => [at, row.map((v) => (at === 0 ? factor * v : v))])),
        );
      const scaled = table(by);
      for (const [at, factor] of table(1).entries()) expect(scaled[at]).toBeCloseTo(factor, 6);
    }),
  );
});
