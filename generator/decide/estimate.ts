import type { Evidence, Metric } from "../evidence/schema.ts";
import { btrfsDefaults, type LayoutChoice, sameLayout } from "../layout/layout-choice.ts";
import type { Estimate } from "../plan/types.ts";
import { remembered } from "../remembered.ts";
import { type Circumstances, closest, confidenceOf, type Family, ofFamily } from "./circumstances.ts";
import { compose, differing } from "./compose.ts";
import { type Pair, pairsFor, type Ratio, ratiosFor, xfsRatios } from "./evidence-rows.ts";
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

const plain = { id: null, layout: btrfsDefaults, ratio: 1 };

/** What one batch says of a layout that it lacks, by those that it has. */
const inferredIn = (
  own: readonly Ratio[],
  pairs: readonly Pair[],
  layout: LayoutChoice,
  c: Circumstances,
  metric: Metric,
): Estimate[] => {
  const found = compose([...own, plain], pairs, layout, c, metric);
  return found === null ? [] : [found];
};

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
  if (exact.length === 0) return compose([...near, plain], pairs, layout, c, metric);
  const lacking = Map.groupBy(near, ({ batch }) => batch);
  for (const { batch } of exact) lacking.delete(batch);
  const inferred = [...lacking.values()].flatMap((own) => inferredIn(own, pairs, layout, c, metric));
  return {
    ratio: geometricMean([...exact, ...inferred].map(({ ratio }) => ratio)),
    confidence: confidenceOf(exact, c),
    rows: [...new Set([...exact.map(({ id }) => id), ...inferred.flatMap(({ rows }) => rows)])],
  };
};

/**
 * A layout's metric relative to plain Btrfs, measured or inferred; null where the evidence is silent.
 *
 * All candidates of a database are anchored in the same batches, those whose circumstances are closest, and each of
 * them has its say: one that lacks the layout by what it says of others. Taking each layout from wherever it was
 * measured would favour the ones measured under kinder circumstances.
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
