import type { Evidence, Metric } from "../evidence/schema.ts";
import { btrfsDefaults, type LayoutChoice, sameLayout } from "../layout/layout-choice.ts";
import type { Estimate } from "../plan/types.ts";
import { remembered } from "../remembered.ts";
import { type Circumstances, closest, confidenceOf, type Family, ofFamily } from "./circumstances.ts";
import { compose, differing } from "./compose.ts";
import { pairsFor, type Ratio, ratiosFor, xfsRatios } from "./evidence-rows.ts";
import { geometricMean } from "./geometric-mean.ts";

const combine = (found: readonly Omit<Ratio, "layout">[], c: Circumstances): Estimate => ({
  ratio: geometricMean(found.map((f) => f.ratio)),
  confidence: confidenceOf(found, c),
  rows: found.map((f) => f.id),
});

/** Every layout's ratio, and every pair of layouts that differ in one dimension. */
const measurementsOf = (evidence: Evidence, metric: Metric, family: Family) =>
  remembered(evidence, `measurements ${family} ${metric}`, () => ({
    known: ratiosFor(evidence, metric, ofFamily(family)),
    pairs: pairsFor(evidence, metric, ofFamily(family)).filter((p) => differing(p.from, p.to).length === 1),
  }));

const work = (
  evidence: Evidence,
  metric: Metric,
  layout: LayoutChoice,
  c: Circumstances,
): Estimate | null => {
  const { known, pairs } = measurementsOf(evidence, metric, c.family);
  if (known.length === 0 && pairs.length === 0) return null;
  const near = closest(known, c, metric);
  const exact = near.filter((r) => sameLayout(r.layout, layout));
  if (exact.length > 0) return combine(exact, c);
  const starts = [...near, { id: null, layout: btrfsDefaults, ratio: 1 }];
  return compose(starts, pairs, layout, c, metric);
};

/**
 * A layout's metric relative to plain Btrfs, measured or inferred; null where the evidence is silent.
 *
 * All candidates of a database are anchored in the same batches, those whose circumstances are closest. Taking
 * each layout from wherever it was measured would favour the ones measured under kinder circumstances.
 */
export const estimate = (
  evidence: Evidence,
  metric: Metric,
  layout: LayoutChoice,
  c: Circumstances,
): Estimate | null => {
  const key = [metric, ...Object.values(layout), ...Object.values(c)].join(" ");
  return remembered(evidence, `estimate ${key}`, () => work(evidence, metric, layout, c));
};

/** XFS relative to plain Btrfs under the same circumstances; null where it was not measured beside it. */
export const estimateXfs = (evidence: Evidence, metric: Metric, c: Circumstances): Estimate | null => {
  const found = xfsRatios(evidence, metric, ofFamily(c.family));
  return found.length === 0 ? null : combine(closest(found, c, metric), c);
};
