import type { Evidence } from "../evidence/schema.ts";
import { isWithinNoise, noiseBehind } from "../evidence/values.ts";
import { isLogNoCow, type LayoutChoice } from "../layout/layout-choice.ts";
import type { Estimate } from "../plan/types.ts";

/** A layout of NOCOW data with checksums on the data instead, the log as it was; the nearest first. None for CoW data. */
export const checksummed = (layout: LayoutChoice): LayoutChoice[] => {
  if (layout.data === "cow") return [];
  return [
    { ...layout, data: "cow", log: isLogNoCow(layout) ? "nocow" : layout.log },
    { ...layout, data: "cow" },
  ];
};

/**
 * What a layout of NOCOW data is credited with: its own estimate, or that of the layout with checksums where chance could
 * be all that lies between the two. Nobody gives up checksums for a difference that the next round could turn.
 */
export const proven = (evidence: Evidence, found: Estimate, withChecksums: Estimate): Estimate => {
  const noisePercent = noiseBehind(evidence, [...found.rows, ...withChecksums.rows]);
  return isWithinNoise(found.ratio / withChecksums.ratio, noisePercent) ? withChecksums : found;
};
