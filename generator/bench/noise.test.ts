import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../random.ts";
import { median } from "./averages.ts";
import { noisePercentOf as noiseOfSpread, type Spread, spreadOf } from "./noise.ts";

/** Normal with standard deviation 1, from two uniform numbers (Box and Muller). */
const normal = (uniform: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** Rates of equal candidates, whose logarithms scatter by `deviation`. */
const equal = (candidates: number, rounds: number, deviation: number, seed: number): number[][] => {
  const uniform = random(seed);
  return Array.from({ length: candidates }, () =>
    Array.from({ length: rounds }, () => 1000 * Math.exp(deviation * normal(uniform))),
  );
};

const noisePercentOf = (rates: number[][]): number => noiseOfSpread(spreadOf(rates));

const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const seeds = Array.from({ length: 300 }, (_, at) => 1 + at * 7919);

describe("how far equal candidates lie apart by chance", () => {
  test("is not known of one round, or of one candidate", () => {
    expect(noisePercentOf([[100], [90]])).toBe(0);
    expect(noisePercentOf([[100, 90]])).toBe(0);
    expect(noisePercentOf([])).toBe(0);
  });

  test.each([2, 3, 4, 5, 6, 9])("holds for about 95 of 100 comparisons of medians of %d rounds", (rounds) => {
    const within = seeds.map((seed) => {
      const rates = equal(6, rounds, 0.1, seed);
      const [a = 1, b = 1] = rates.map(median);
      return Math.abs(Math.log(a / b)) <= Math.log(1 + noisePercentOf(rates) / 100) ? 1 : 0;
    });
    expect(average(within)).toBeGreaterThan(0.92);
    expect(average(within)).toBeLessThan(0.98);
  });

  test("is less after more rounds", () => {
    const noise = (rounds: number) =>
      average(seeds.slice(0, 50).map((seed) => noisePercentOf(equal(8, rounds, 0.1, seed))));
    expect(noise(9)).toBeLessThan(noise(3) * 0.7);
    expect(noise(4)).toBeLessThan(noise(2) * 0.8);
  });

  test("is not what a slow round does to all of them", () => {
    const rates = equal(5, 3, 0.05, 42);
    const slow = rates.map(([first = 0, ...rest]) => [first * 0.6, ...rest]);
    expect(noisePercentOf(slow)).toBe(noisePercentOf(rates));
  });

  test("is the same for candidates that differ, and in every unit", () => {
    const factors = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(factors, fc.integer({ min: 1, max: 10_000 }), (by, seed) => {
        const rates = equal(4, 3, 0.08, seed);
        const scaled = rates.map((row, at) => row.map((rate) => rate * (by[at] ?? 1)));
        expect(Math.abs(noisePercentOf(scaled) - noisePercentOf(rates))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("of a batch that looks quieter than the run's others by luck is more than it shows, and less of one that looks louder", () => {
    const spread = (deviation: number, seed: number) => spreadOf(equal(11, 2, deviation, seed)) as Spread;
    const others = [1, 2, 3, 4, 5].map((seed) => spread(0.05, seed));
    for (const [deviation, direction] of [
      [0.02, 1],
      [0.12, -1],
    ] as const) {
      const own = spread(deviation, 77);
      expect(Math.sign(noiseOfSpread(own, others) - noiseOfSpread(own))).toBe(direction);
    }
  });

  test("holds for about 95 of 100 comparisons of batches that are as noisy as each other, beside each other too", () => {
    const within = seeds.map((seed) => {
      const [own = [], ...others] = [0, 1, 2, 3, 4, 5].map((at) => equal(8, 2, 0.06, seed + at * 104_729));
      const [a = 1, b = 1] = own.map(median);
      const spreads = others.flatMap((rates) => spreadOf(rates) ?? []);
      return Math.abs(Math.log(a / b)) <= Math.log(1 + noiseOfSpread(spreadOf(own), spreads) / 100) ? 1 : 0;
    });
    expect(average(within)).toBeGreaterThan(0.92);
    expect(average(within)).toBeLessThan(0.985);
  });
});
