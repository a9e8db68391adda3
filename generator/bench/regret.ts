import { type CandidateRow, isAboutLayouts, isCandidate } from "../evidence/candidate-rows.ts";
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
  space: { ...checksums, metric: () => "spaceShare" },
};

/** How far what the planner chose falls short of the best that this owner could have had, in one batch. */
export interface Regret {
  readonly owner: Owner;
  readonly batch: string;
  readonly metric: Metric;
  /** Titles of rows; null where the chosen layout was not measured in the batch. */
  readonly chosen: string | null;
  readonly best: string;
  /** Of a rate, percent of the chosen one's; of space, percent of the files' size; null where it was not measured. */
  readonly regretPercent: number | null;
  /** Whether equal layouts differ as much by chance; of rates alone. */
  readonly withinNoise: boolean;
}

interface Comparison {
  /** By how much `best` is better than `chosen`, in percent; negative where it is worse. */
  readonly shortfall: (chosen: number, best: number) => number;
  readonly isNoise: (chosen: number, best: number, batch: Batch) => boolean;
}

const ofRates: Comparison = {
  shortfall: (chosen, best) => (best / chosen - 1) * 100,
  isNoise: (chosen, best, batch) => isWithinNoise(best / chosen, noiseOf(batch)),
};

/** A tenth of a size that zstd leaves a tenth of is a hundredth of the whole: what counts is what the owner saves. */
const ofSpace: Comparison = {
  shortfall: (chosen, best) => (chosen - best) * 100,
  isNoise: () => false,
};

const comparisonOf = (metric: Metric): Comparison => (metric === "spaceShare" ? ofSpace : ofRates);

const valueIn = (row: EvidenceRow, metric: Metric): number | null => {
  const value = row.metrics[metric];
  return value === undefined ? null : middle(value);
};

type MeasuredRow = { readonly row: CandidateRow; readonly value: number };

/** The candidates of a batch; none where some of them lack the metric, as nothing says which would be best. */
const measuredIn = (evidence: Evidence, batch: string, metric: Metric): MeasuredRow[] => {
  const rows = evidence.rows.filter((row) => row.batch === batch).filter(isCandidate);
  const measured = rows.flatMap((row) => {
    const value = valueIn(row, metric);
    return value === null ? [] : [{ row, value }];
  });
  return measured.length === rows.length ? measured : [];
};

const regretIn = (evidence: Evidence, batch: Batch, owner: Owner): Regret | null => {
  const { keeps, metric: metricFor } = yardsticks[owner.prefer];
  const metric = metricFor(owner.workload);
  const { shortfall, isNoise } = comparisonOf(metric);
  const { layout, admissible } = plannedChoice(owner, evidence);
  const measured = measuredIn(evidence, batch.id, metric);
  const chosen = measured.find(({ row }) => sameLayout(row.layout, layout));
  const allowed = measured.filter(
    ({ row }) =>
      row === chosen?.row || (keeps(row.layout) && admissible.some((a) => sameLayout(a, row.layout))),
  );
  const [best] = allowed.toSorted((a, b) => shortfall(a.value, b.value));
  if (best === undefined) return null;
  const percent = chosen === undefined ? null : shortfall(chosen.value, best.value);
  return {
    owner,
    batch: batch.id,
    metric,
    chosen: chosen?.row.title ?? null,
    best: best.row.title,
    regretPercent: percent === null ? null : Math.round(percent * 10) / 10,
    withinNoise: chosen !== undefined && isNoise(chosen.value, best.value, batch),
  };
};

/** A batch that searches beyond layouts has too few of them to choose between. */
const comparesLayouts = ({ rows }: Evidence, { id, representative, snapshotSeconds }: Batch): boolean =>
  representative &&
  snapshotSeconds === null &&
  isAboutLayouts({ rows: rows.filter(({ batch }) => batch === id) });

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
