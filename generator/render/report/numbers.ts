import type { Measured } from "../../evidence/schema.ts";
import { isWithinNoise } from "../../evidence/values.ts";

/** A score with its sign: 0.5 is "+0.50"; what rounds to nought has none. */
export const signed = (score: number): string => {
  const rounded = Number(score.toFixed(2));
  return `${rounded > 0 ? "+" : ""}${(rounded + 0).toFixed(2)}`;
};

/** A measured number as people write it: to three digits, a range with both ends. */
export const measuredText = (measured: Measured): string => {
  if (typeof measured === "number") return rounded(measured);
  const [low, high] = [rounded(measured.low), rounded(measured.high)];
  return low === high ? low : `${low} to ${high}`;
};

const rounded = (value: number): string =>
  String(value >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));

/** A ratio in words: 1.17 is "17 % more than plain Btrfs". What runs of one layout differ by as well is no difference. */
export const comparison = (ratio: number, what: string, noisePercent: number): string => {
  if (isWithinNoise(ratio, noisePercent)) return `no different from ${what}`;
  if (ratio >= 2) return `${rounded(ratio)} times ${what}`;
  const percent = Math.round(Math.abs(ratio - 1) * 100);
  return `${percent} % ${ratio > 1 ? "more" : "less"} than ${what}`;
};
