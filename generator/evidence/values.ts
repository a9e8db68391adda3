import type { Batch, Evidence, Measured } from "./schema.ts";

/** One number for a range: the geometric mean, because rows are compared by ratio. */
export const middle = (measured: Measured): number => {
  if (typeof measured === "number") return measured;
  const { low, high } = measured;
  return low === high ? low : Math.sqrt(low * high);
};

/** For a batch of one round, which shows no noise: the noisiest of two shows 21 % in the reference run, and one has √2 times as much. */
export const assumedNoisePercent = 30;

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

/** Whether equal layouts differ as much by chance: such a difference is none. */
export const isWithinNoise = (ratio: number, noisePercent: number): boolean =>
  Math.abs(Math.log(ratio)) <= Math.log(1 + noisePercent / 100);
