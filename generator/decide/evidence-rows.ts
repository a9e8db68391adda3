import { isCandidate, plainBtrfsOf, plainXfsOf } from "../evidence/candidate-rows.ts";
import type { Batch, Evidence, EvidenceRow, Metric } from "../evidence/schema.ts";
import { middle } from "../evidence/values.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";

/** A row as the planner reads it: one layout's metric relative to plain Btrfs in the same batch. */
export interface Ratio {
  readonly id: string;
  readonly batch: Batch;
  readonly layout: LayoutChoice;
  readonly ratio: number;
}

/**
 * Below this a smaller number makes no difference: a thousand extents in a gigabyte are a megabyte each, and what writes
 * less than a sector in each transaction only reads.
 */
const floors: Partial<Record<Metric, number>> = { extents: 1000, bytesPerTransaction: 512 };

const metricOf = (row: EvidenceRow | undefined, metric: Metric): number | undefined => {
  const measured = row?.metrics[metric];
  return measured === undefined ? undefined : Math.max(floors[metric] ?? 0, middle(measured));
};

const inBatches = (evidence: Evidence, admit: (batch: Batch) => boolean) =>
  evidence.batches
    .filter(admit)
    .map((batch) => ({ batch, rows: evidence.rows.filter((row) => row.batch === batch.id) }));

/** Every layout that was measured for a metric, relative to plain Btrfs beside it. */
export const ratiosFor = (evidence: Evidence, metric: Metric, admit: (batch: Batch) => boolean): Ratio[] =>
  inBatches(evidence, admit).flatMap(({ batch, rows }) => {
    const baseline = metricOf(plainBtrfsOf(rows), metric);
    return rows.filter(isCandidate).flatMap((row) => {
      const value = metricOf(row, metric);
      if (value === undefined || baseline === undefined) return [];
      return [{ id: row.id, batch, layout: row.layout, ratio: value / baseline }];
    });
  });

/** Two layouts of one batch and what the metric did between them. */
export interface Pair {
  readonly batch: Batch;
  readonly rows: readonly string[];
  readonly from: LayoutChoice;
  readonly to: LayoutChoice;
  readonly factor: number;
}

/** A factor between two layouts of one batch, where plain Btrfs itself was not measured for the metric. */
export const pairsFor = (evidence: Evidence, metric: Metric, admit: (batch: Batch) => boolean): Pair[] =>
  inBatches(evidence, admit).flatMap(({ batch, rows }) => {
    const known = rows.filter(isCandidate).flatMap((row) => {
      const value = metricOf(row, metric);
      return value === undefined ? [] : [{ id: row.id, layout: row.layout, value }];
    });
    return known.flatMap((a) =>
      known
        .filter((b) => b !== a)
        .map((b) => ({ batch, rows: [a.id, b.id], from: a.layout, to: b.layout, factor: b.value / a.value })),
    );
  });

/** XFS relative to plain Btrfs in the same batch. */
export const xfsRatios = (
  evidence: Evidence,
  metric: Metric,
  admit: (batch: Batch) => boolean,
): Omit<Ratio, "layout">[] =>
  inBatches(evidence, admit).flatMap(({ batch, rows }) => {
    const row = plainXfsOf(rows);
    const value = metricOf(row, metric);
    const baseline = metricOf(plainBtrfsOf(rows), metric);
    return row && value !== undefined && baseline !== undefined
      ? [{ id: row.id, batch, ratio: value / baseline }]
      : [];
  });
