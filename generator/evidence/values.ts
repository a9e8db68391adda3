import type { Measured } from "./schema.ts";

const ends = (measured: Measured) =>
  typeof measured === "number" ? { low: measured, high: measured } : measured;

/** One number for a range: the geometric mean, because rows are compared by ratio. */
export const middle = (measured: Measured): number => {
  const { low, high } = ends(measured);
  return low === high ? low : Math.sqrt(low * high);
};

/** High over low, which is 1 for a single number: two rows that differ by less are alike. */
export const spread = (measured: Measured): number => {
  const { low, high } = ends(measured);
  return low === high ? 1 : high / low;
};
