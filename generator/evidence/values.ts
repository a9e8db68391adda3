import type { Batch, Measured } from "./schema.ts";

/** One number for a range: the geometric mean, because rows are compared by ratio. */
export const middle = (measured: Measured): number => {
  if (typeof measured === "number") return measured;
  const { low, high } = measured;
  return low === high ? low : Math.sqrt(low * high);
};

/** What is taken for the noise of a batch of one round, which shows none: about as much as repeated ones differ here. */
export const assumedNoisePercent = 10;

export const noiseOf = ({ noisePercent }: Pick<Batch, "noisePercent">): number =>
  noisePercent > 0 ? noisePercent : assumedNoisePercent;

/** Whether repeated runs of one layout differ as much: such a difference is none. */
export const isWithinNoise = (ratio: number, noisePercent: number): boolean =>
  Math.abs(Math.log(ratio)) <= Math.log(1 + noisePercent / 100);
