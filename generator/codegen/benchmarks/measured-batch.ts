import type { Batch, Evidence, EvidenceRow, Measured, Metric } from "../../evidence/schema.ts";
import { isWithinNoise, middle, noiseOf } from "../../evidence/values.ts";

/** A batch with its rows, the fastest first and what has no rate last. */
export interface MeasuredBatch {
  readonly batch: Batch;
  readonly rows: readonly EvidenceRow[];
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

export const middleOf = (row: EvidenceRow, metric: Metric): number | null => {
  const measured = row.metrics[metric];
  return measured === undefined ? null : middle(measured);
};

const rate = (row: EvidenceRow): number => middleOf(row, "transactionsPerSecond") ?? 0;

export const measuredBatches = ({ batches, rows }: Evidence): MeasuredBatch[] =>
  batches.map((batch) => ({
    batch,
    rows: rows.filter((row) => row.batch === batch.id).toSorted((a, b) => rate(b) - rate(a)),
  }));

/** A batch whose candidates were measured once each: nothing says how far repeated runs lie apart. */
export const isNoiseKnown = ({ noisePercent }: Batch): boolean => noisePercent > 0;

/** What was seen of one layout: the range over its runs, or else one that meets another's where the noise could be all between them. */
export const rangeOf = (measured: Measured, batch: Batch): Range | null => {
  if (typeof measured === "object") return measured;
  if (!isNoiseKnown(batch)) return null;
  const factor = Math.sqrt(1 + batch.noisePercent / 100);
  return { low: measured / factor, high: measured * factor };
};

export interface Comparison {
  /** Of the first row's value to the other's. */
  readonly ratio: number;
  /** More than the noise of the batch, and the ranges over repeated runs have nothing in common. */
  readonly differs: boolean;
}

const inRange = (measured: Measured): Range =>
  typeof measured === "object" ? measured : { low: measured, high: measured };

const overlap = (a: Range, b: Range): boolean => a.low <= b.high && b.low <= a.high;

/** Null where either row lacks the metric. */
export const compare = (
  batch: Batch,
  metric: Metric,
  row: EvidenceRow,
  other: EvidenceRow,
): Comparison | null => {
  const [a, b] = [row.metrics[metric], other.metrics[metric]];
  if (a === undefined || b === undefined) return null;
  const ratio = middle(a) / middle(b);
  const differs = !isWithinNoise(ratio, noiseOf(batch)) && !overlap(inRange(a), inRange(b));
  return { ratio, differs };
};
