import { isVaried, plainBtrfsOf, plainXfsOf } from "../../../evidence/candidate-rows.ts";
import type { EvidenceRow, Metric } from "../../../evidence/schema.ts";
import type { WorkloadClass } from "../../../spec/workload.ts";
import { inUnit, measuredText } from "../columns.ts";
import { type MeasuredBatch, middleOf, type Range, rangeOf } from "../measured-batch.ts";
import { variedMark } from "../variations.ts";
import type { Kind } from "./palette.ts";

/** A bar of one panel; null where the row lacks the metric. */
export interface Bar {
  readonly value: number;
  readonly range: Range | null;
  readonly text: string;
}

export interface Panel {
  readonly title: string;
  readonly bars: readonly (Bar | null)[];
  /** Where a line marks what the others are compared with. */
  readonly mark: number | null;
}

export interface Figure {
  readonly title: string;
  readonly names: readonly string[];
  readonly kinds: readonly Kind[];
  readonly panels: readonly Panel[];
}

export const nameOf = (row: EvidenceRow): string =>
  isVaried(row) ? `${row.title}\u00a0${variedMark}` : row.title;

const kindOf = ({ filesystem, layout }: EvidenceRow): Kind =>
  filesystem !== "btrfs" ? "other" : layout?.data === "nocow" ? "nocow" : "cow";

interface Beside {
  readonly metric: Metric;
  readonly title: string;
}

const written: readonly Beside[] = [
  { metric: "bytesPerTransaction", title: "KiB written per transaction" },
  { metric: "writtenMiB", title: "MiB written in all" },
];

/** What stands beside the rate: the first of these that the rows have. */
const besideRate: Readonly<Record<WorkloadClass, readonly Beside[]>> = {
  oltp: written,
  append: written,
  analytics: [{ metric: "scanMiBPerSecond", title: "cold scan, MiB/s" }],
  "read-mostly": [{ metric: "latencyP95Milliseconds", title: "latency, 95 % below, ms" }],
  queue: written,
  mixed: written,
};

const scaled = (range: Range | null, scale: (value: number) => number): Range | null =>
  range === null ? null : { low: scale(range.low), high: scale(range.high) };

/** Relative to XFS, or to plain Btrfs where XFS was not measured; null where that has no rate. */
const ratePanel = ({ batch, rows }: MeasuredBatch): Panel | null => {
  const metric = "transactionsPerSecond";
  const bases = [
    { name: "XFS", row: plainXfsOf(rows) },
    { name: "plain Btrfs", row: plainBtrfsOf(rows) },
  ];
  const base = bases.find(({ row }) => row !== undefined && middleOf(row, metric) !== null);
  const unit = base?.row && middleOf(base.row, metric);
  if (!base || !unit) return null;
  const bars = rows.map((row): Bar | null => {
    const measured = row.metrics[metric];
    const value = middleOf(row, metric);
    if (measured === undefined || value === null) return null;
    const range = scaled(rangeOf(measured, batch), (each) => each / unit);
    return { value: value / unit, range, text: (value / unit).toFixed(2) };
  });
  return { title: `transactions/s, ${base.name} = 1`, bars, mark: 1 };
};

const besidePanel = ({ batch, rows }: MeasuredBatch): Panel | null => {
  const beside = besideRate[batch.workload].find(({ metric }) => rows.some((row) => row.metrics[metric]));
  if (beside === undefined) return null;
  const { metric, title } = beside;
  const bars = rows.map((row): Bar | null => {
    const measured = row.metrics[metric];
    const value = middleOf(row, metric);
    if (measured === undefined || value === null) return null;
    const range = typeof measured === "object" ? scaled(measured, (each) => inUnit(metric, each)) : null;
    return { value: inUnit(metric, value), range, text: measuredText(metric, measured) };
  });
  return { title, bars, mark: null };
};

/** Null where the batch has no rate to draw. */
export const figureOf = (measured: MeasuredBatch): Figure | null => {
  const rate = ratePanel(measured);
  if (rate === null) return null;
  const panels = [rate, besidePanel(measured)].filter((panel) => panel !== null);
  return {
    title: `${measured.batch.title}: ${panels.map(({ title }) => title).join(" and ")}`,
    names: measured.rows.map(nameOf),
    kinds: measured.rows.map(kindOf),
    panels,
  };
};

/** All that the bars show, for whoever does not see them. */
export const inWords = ({ names, panels }: Figure): string =>
  names
    .map((name, at) => `${name}: ${panels.map(({ bars }) => bars[at]?.text ?? "not measured").join(", ")}`)
    .join("; ");
