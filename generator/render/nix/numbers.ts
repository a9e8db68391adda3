import { UnprintableNumber } from "./unprintable.ts";

/** Nix reads floats with strtod and refuses what that reports as out of range: subnormal numbers too. */
const smallestNormal = 2 ** -1022;

const refusal = (value: number): string | undefined => {
  if (!Number.isFinite(value)) return "Nix has no such number";
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return "an integer beyond 2^53 - 1 is not exact";
  if (value !== 0 && Math.abs(value) < smallestNormal) return "Nix refuses subnormal floats";
  return undefined;
};

/** The number as a Nix literal, a negative one without parentheses. Throws UnprintableNumber. */
export const printNumber = (value: number): string => {
  const reason = refusal(value);
  if (reason !== undefined) throw new UnprintableNumber(`${value} cannot be written in Nix: ${reason}`);
  // A float without a point, such as 1e-7, is no float to Nix.
  return String(value).replace(/^(-?\d+)e/, "$1.0e");
};
