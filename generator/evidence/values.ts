import type { Batch, Evidence, Measured } from "./schema.ts";

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

/** Noise of the batches that these rows are of, the largest. */
export const noiseBehind = (
  { batches, rows }: Pick<Evidence, "batches" | "rows">,
  named: readonly string[],
): number => {
  const used = new Set(rows.filter(({ id }) => named.includes(id)).map(({ batch }) => batch));
  const noises = batches.filter(({ id }) => used.has(id)).map(noiseOf);
  return noises.length === 0 ? assumedNoisePercent : Math.max(...noises);
};

/** Whether repeated runs of one layout differ as much: such a difference is none. */
export const isWithinNoise = (ratio: number, noisePercent: number): boolean =>
  Math.abs(Math.log(ratio)) <= Math.log(1 + noisePercent / 100);
