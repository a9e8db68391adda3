import type { Measured } from "./schema.ts";

/** One number for a range: the geometric mean, because rows are compared by ratio. */
export const middle = (measured: Measured): number => {
  if (typeof measured === "number") return measured;
  const { low, high } = measured;
  return low === high ? low : Math.sqrt(low * high);
};
