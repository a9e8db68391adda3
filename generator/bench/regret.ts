import { isCandidate } from "../evidence/candidate-rows.ts";
import type { Batch, Evidence, EvidenceRow, Metric } from "../evidence/schema.ts";
import { isWithinNoise, middle, noiseOf } from "../evidence/values.ts";
import { type LayoutChoice, sameLayout } from "../layout/layout-choice.ts";
import { type Preference, preferences } from "../spec/schema.ts";
import type { WorkloadClass } from "../spec/workload.ts";
import { type Owner, plannedChoice } from "./planned-layout.ts";

/** What a preference promises beyond the planner's constraints, so that a faster layout is none for its owner. */
interface Yardstick {
  readonly promise: string;
  readonly keeps: (layout: LayoutChoice) => boolean;
  readonly metric: (workload: WorkloadClass) => Metric;
}

const hasChecksums = ({ data }: LayoutChoice): boolean => data === "cow";

const pace = (workload: WorkloadClass): Metric =>
  workload === "analytics" ? "scanMiBPerSecond" : "transactionsPerSecond";

const checksums = { promise: "Btrfs's checksums on the data", keeps: hasChecksums };
const checksumsOnAll = {
  promise: "Btrfs's checksums on data and log",
  keeps: ({ data, log }: LayoutChoice) => data === "cow" && log === "in-place",
};

export const yardsticks: Readonly<Record<Preference, Yardstick>> = {
  balanced: { ...checksums, metric: pace },
  integrity: { ...checksumsOnAll, metric: pace },
  latency: { promise: "none", keeps: () => true, metric: pace },
  throughput: { promise: "none", keeps: () => true, metric: pace },
  space: { ...checksums, metric: () => "dataGiB" },
};

/** How far what the planner chose falls short of the best that this owner could have had, in one batch. */
export interface Regret {
  readonly owner: Owner;
  readonly batch: string;
  readonly metric: Metric;
  /** Titles of rows; null where the chosen layout was not measured in the batch. */
  readonly chosen: string | null;
  readonly best: string;
  /** Percent of the chosen one's value; null where it was not measured. */
  readonly regretPercent: number | null;
  /** Whether the rounds of one layout differ as much. */
  readonly withinNoise: boolean;
}

const better = (metric: Metric, a: number, b: number): number => (metric === "dataGiB" ? a / b : b / a);

const valueIn = (row: EvidenceRow, metric: Metric): number | null => {
  const value = row.metrics[metric];
  return value === undefined ? null : middle(value);
};

const regretIn = (evidence: Evidence, of: Batch, owner: Owner): Regret | null => {
  const batch = of.id;
  const { keeps, metric: metricFor } = yardsticks[owner.prefer];
  const metric = metricFor(owner.workload);
  const { layout, admissible } = plannedChoice(owner, evidence);
  const measured = evidence.rows
    .filter((row) => row.batch === batch)
    .filter(isCandidate)
    .flatMap((row) => {
      const value = valueIn(row, metric);
      return value === null ? [] : [{ row, value }];
    });
  const chosen = measured.find(({ row }) => sameLayout(row.layout, layout));
  const allowed = measured.filter(
    ({ row }) =>
      row === chosen?.row || (keeps(row.layout) && admissible.some((a) => sameLayout(a, row.layout))),
  );
  const [best] = allowed.toSorted((a, b) => better(metric, a.value, b.value) - 1);
  if (best === undefined) return null;
  const ratio = chosen === undefined ? null : better(metric, chosen.value, best.value);
  return {
    owner,
    batch,
    metric,
    chosen: chosen?.row.title ?? null,
    best: best.row.title,
    regretPercent: ratio === null ? null : Math.round((ratio - 1) * 1000) / 10,
    withinNoise: ratio !== null && isWithinNoise(ratio, noiseOf(of)),
  };
};

/** The search beyond layouts has no XFS beside it, and too few layouts to choose between. */
const comparesLayouts = (evidence: Evidence, { id, representative, snapshotSeconds }: Batch): boolean =>
  representative &&
  snapshotSeconds === null &&
  evidence.rows.some(({ batch, filesystem }) => batch === id && filesystem === "xfs");

/** Every batch that decides, for every preference, as the planner is asked without a word on snapshots. */
export const regrets = (evidence: Evidence): Regret[] =>
  evidence.batches
    .filter((batch) => comparesLayouts(evidence, batch))
    .flatMap((batch) => {
      const { engine, workload, data } = batch;
      return preferences.flatMap(
        (prefer) => regretIn(evidence, batch, { engine, workload, prefer, snapshots: null, data }) ?? [],
      );
    });
