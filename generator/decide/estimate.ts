import type { Batch, Evidence, Metric } from "../evidence/schema.ts";
import { btrfsDefaults, type LayoutChoice } from "../layout/layout-choice.ts";
import type { Estimate } from "../plan/types.ts";
import { filesystemRatios, pairsFor, type Ratio, ratiosFor, sameLayout } from "./evidence-rows.ts";
import type { Situation } from "./situation.ts";

type Family = Circumstances["family"];

/** What is asked of the evidence: the circumstances that a measurement should share. */
export interface Circumstances {
  readonly engine: Batch["engine"];
  readonly family: Situation["facts"]["family"];
  readonly workload: Batch["workload"];
  readonly data: Batch["data"];
  /** Whether snapshots are taken: they end the contiguity of NOCOW files. */
  readonly snapshots: boolean;
}

const families: Readonly<Record<Batch["engine"], Circumstances["family"]>> = {
  postgresql: "postgresql",
  mysql: "innodb",
  mariadb: "innodb",
  sqlite: "sqlite",
};

const ofFamily = (family: Family) => (batch: Batch) =>
  families[batch.engine] === family && batch.representative;

interface Measurements {
  readonly known: readonly Ratio[];
  readonly pairs: readonly Pair[];
}

/** Rows are looked up for every candidate of every database, and evidence never changes: worked out once each. */
const cache = new WeakMap<Evidence, Map<string, Measurements>>();

const measurementsOf = (evidence: Evidence, metric: Metric, family: Family): Measurements => {
  const found = cache.get(evidence) ?? new Map<string, Measurements>();
  cache.set(evidence, found);
  const key = `${family} ${metric}`;
  const measurements = found.get(key) ?? {
    known: ratiosFor(evidence, metric, ofFamily(family)),
    pairs: pairsFor(evidence, metric, ofFamily(family)).filter((p) => differing(p.from, p.to).length === 1),
  };
  found.set(key, measurements);
  return measurements;
};

export const circumstancesOf = ({
  database,
  facts,
  workload,
  profile,
  memoryGiB,
  snapshotNeed,
}: Situation): Circumstances => ({
  engine: database.engine,
  family: facts.family,
  workload,
  data:
    (profile.workingSetGiB ?? database.sizeGiB) > memoryGiB ? "larger-than-memory" : "smaller-than-memory",
  snapshots: snapshotNeed !== "none",
});

/** Metrics that the first snapshot changes for good; the others suffer only while snapshots follow closely. */
const changedByOneSnapshot: readonly Metric[] = ["extents", "scanMiBPerSecond"];

/** In how many circumstances a batch differs; another engine of the family counts most. */
const mismatch = (batch: Batch, c: Circumstances, metric: Metric): number => {
  const snapshotsWanted = c.snapshots && changedByOneSnapshot.includes(metric);
  return (
    (batch.engine === c.engine ? 0 : 4) +
    (batch.workload === c.workload ? 0 : 1) +
    (batch.data === c.data ? 0 : 1) +
    ((batch.snapshotSeconds !== null) === snapshotsWanted ? 0 : 2)
  );
};

const closest = <T extends { readonly batch: Batch }>(
  found: readonly T[],
  c: Circumstances,
  metric: Metric,
): T[] => {
  const best = Math.min(...found.map((f) => mismatch(f.batch, c, metric)));
  return found.filter((f) => mismatch(f.batch, c, metric) === best);
};

const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** Sure is what was measured for this engine, this class of workload and this layout. */
const confidenceOf = (found: readonly { readonly batch: Batch }[], c: Circumstances) =>
  found.every(({ batch }) => batch.engine === c.engine && batch.workload === c.workload)
    ? "measured"
    : "inferred";

const combine = (found: readonly Ratio[], c: Circumstances): Estimate => ({
  ratio: geometricMean(found.map((f) => f.ratio)),
  confidence: confidenceOf(found, c),
  rows: found.map((f) => f.id),
});

/** Data and log together are one dimension: what NOCOW data does depends on where the log is. */
const dimensions = {
  placement: (l: LayoutChoice) => `${l.data}/${l.log}`,
  compression: (l: LayoutChoice) => l.compression,
  nodesize: (l: LayoutChoice) => String(l.nodesize),
  logSync: (l: LayoutChoice) => l.logSync,
} as const;
type Dimension = keyof typeof dimensions;
const allDimensions = Object.keys(dimensions) as Dimension[];

const differing = (a: LayoutChoice, b: LayoutChoice): Dimension[] =>
  allDimensions.filter((d) => dimensions[d](a) !== dimensions[d](b));

type Pair = ReturnType<typeof pairsFor>[number];

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
  const noise = Math.max(...found.map((p) => p.batch.noisePercent)) / 100;
  return Math.abs(Math.log(factor)) <= Math.log(1 + noise) ? 1 : factor;
};

interface Way {
  readonly steps: number;
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
  const steps = differing(start.layout, layout).map((d) =>
    closest(stepFactor(pairs, d, start.layout, layout), c, metric),
  );
  if (steps.some((found) => found.length === 0)) return [];
  return [
    {
      steps: steps.length,
      ratio: steps.reduce((product, found) => product * beyondNoise(found), start.ratio),
      rows: [...(start.id ? [start.id] : []), ...steps.flat().flatMap((p) => p.rows)],
    },
  ];
};

/**
 * A layout that was not measured under these circumstances: the known layout that differs in fewest dimensions,
 * times what each of these dimensions did where it alone was changed. An inference, and marked as one.
 */
const compose = (
  starts: readonly Start[],
  pairs: readonly Pair[],
  layout: LayoutChoice,
  c: Circumstances,
  metric: Metric,
): Estimate | null => {
  const ways = starts.flatMap((start) => wayFrom(start, layout, pairs, c, metric));
  const shortest = Math.min(...ways.map((way) => way.steps));
  const best = ways.filter((way) => way.steps === shortest);
  if (best.length === 0) return null;
  return {
    ratio: geometricMean(best.map((way) => way.ratio)),
    confidence: "inferred",
    rows: [...new Set(best.flatMap((way) => way.rows))],
  };
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
  const { known, pairs } = measurementsOf(evidence, metric, c.family);
  const near = closest(known, c, metric);
  const exact = near.filter((r) => sameLayout(r.layout, layout));
  if (exact.length > 0) return combine(exact, c);
  const starts = [...near, { id: null, layout: btrfsDefaults, ratio: 1 }];
  return compose(starts, pairs, layout, c, metric);
};

/** XFS relative to plain Btrfs under the same circumstances; null where it was not measured beside it. */
export const estimateXfs = (evidence: Evidence, metric: Metric, c: Circumstances): Estimate | null => {
  const found = filesystemRatios(evidence, metric, "xfs", ofFamily(c.family));
  if (found.length === 0) return null;
  const near = closest(found, c, metric);
  return {
    ratio: geometricMean(near.map((f) => f.ratio)),
    confidence: confidenceOf(near, c),
    rows: near.map((f) => f.id),
  };
};
