import type { Metric } from "../evidence/schema.ts";
import { isWithinNoise, noiseOf } from "../evidence/values.ts";
import { btrfsDefaults, type LayoutChoice, sameLayout } from "../layout/layout-choice.ts";
import type { Estimate } from "../plan/types.ts";
import { type Circumstances, closest } from "./circumstances.ts";
import type { Pair, Ratio } from "./evidence-rows.ts";
import { geometricMean } from "./geometric-mean.ts";

/** Data and log together are one dimension: what NOCOW data does depends on where the log is. */
const dimensions = {
  placement: (l: LayoutChoice) => `${l.data}/${l.log}`,
  compression: (l: LayoutChoice) => l.compression,
  nodesize: (l: LayoutChoice) => String(l.nodesize),
  logSync: (l: LayoutChoice) => l.logSync,
} as const;
type Dimension = keyof typeof dimensions;
const allDimensions = Object.keys(dimensions) as Dimension[];

/** Where data and log lie decides more than all else: a layout that shares it is nearer than one that does not. */
const lengths: Readonly<Record<Dimension, number>> = {
  placement: 2,
  compression: 1,
  nodesize: 1,
  logSync: 1,
};

export const differing = (a: LayoutChoice, b: LayoutChoice): Dimension[] =>
  allDimensions.filter((d) => dimensions[d](a) !== dimensions[d](b));

const isSplit = (layout: LayoutChoice) => layout.log === "own-filesystem";

/**
 * What changing one dimension did wherever it alone was changed. Node size and sync method act on the log's
 * fsync, so that what they do where the log is not on Btrfs says nothing about where it is.
 */
const stepFactor = (pairs: readonly Pair[], d: Dimension, from: LayoutChoice, to: LayoutChoice): Pair[] =>
  pairs.filter(
    (p) =>
      dimensions[d](p.from) === dimensions[d](from) &&
      dimensions[d](p.to) === dimensions[d](to) &&
      (d === "placement" || isSplit(p.to) === isSplit(to)),
  );

/** A difference that repeated runs of one layout show too is none. */
const beyondNoise = (found: readonly Pair[]): number => {
  const factor = geometricMean(found.map((p) => p.factor));
  const noisePercent = Math.max(...found.map((p) => noiseOf(p.batch)));
  return isWithinNoise(factor, noisePercent) ? 1 : factor;
};

interface Way {
  readonly length: number;
  readonly ratio: number;
  readonly rows: readonly string[];
}

type Start = Pick<Ratio, "layout" | "ratio"> & { readonly id: string | null };

/** From one known layout to another, a dimension at a time; null where the effect of one was never measured alone. */
const wayFrom = (
  start: Start,
  layout: LayoutChoice,
  pairs: readonly Pair[],
  c: Circumstances,
  metric: Metric,
): Way[] => {
  const changed = differing(start.layout, layout);
  const steps = changed.map((d) => closest(stepFactor(pairs, d, start.layout, layout), c, metric));
  if (steps.some((found) => found.length === 0)) return [];
  return [
    {
      length: changed.reduce((sum, d) => sum + lengths[d], 0),
      ratio: steps.reduce((product, found) => product * beyondNoise(found), start.ratio),
      rows: [...(start.id ? [start.id] : []), ...steps.flat().flatMap((p) => p.rows)],
    },
  ];
};

/**
 * A layout that was not measured under these circumstances: the nearest known layout, times what each of the dimensions
 * that differ did where it alone was changed. An inference, and marked as one. A log on its own filesystem is a world of
 * its own: only plain Btrfs, which everything is relative to, is a start for both.
 */
export const compose = (
  starts: readonly Start[],
  pairs: readonly Pair[],
  layout: LayoutChoice,
  c: Circumstances,
  metric: Metric,
): Estimate | null => {
  const near = starts.filter(
    (start) => isSplit(start.layout) === isSplit(layout) || sameLayout(start.layout, btrfsDefaults),
  );
  const ways = near.flatMap((start) => wayFrom(start, layout, pairs, c, metric));
  const shortest = Math.min(...ways.map((way) => way.length));
  const best = ways.filter((way) => way.length === shortest);
  if (best.length === 0) return null;
  return {
    ratio: geometricMean(best.map((way) => way.ratio)),
    confidence: "inferred",
    rows: [...new Set(best.flatMap((way) => way.rows))],
  };
};
