import { plainBtrfsOf } from "../../evidence/candidate-rows.ts";
import type { Batch, Evidence, EvidenceRow, Metric } from "../../evidence/schema.ts";
import { noiseBehind } from "../../evidence/values.ts";
import type { Estimate, Expectation } from "../../plan/types.ts";
import { barsFromZero } from "./bars.ts";
import { comparison, measuredText } from "./numbers.ts";

export interface ExpectationView {
  readonly title: string;
  readonly better: Expectation["better"];
  readonly againstBtrfs: string;
  readonly againstXfs: string;
  /** Evidence rows, joined. */
  readonly rows: string;
  /** The comparison in words. */
  readonly summary: string;
  /** Empty where nothing is measured. */
  readonly bars: readonly PlotBar[];
  readonly runs: readonly RunsOfBatch[];
}

export interface PlotBar {
  readonly label: string;
  /** Relative to plain Btrfs. */
  readonly value: string;
  readonly confidence: string;
  readonly tone: "plan" | "other";
  readonly width: number;
}

/** Runs that compare with each other. */
export interface RunsOfBatch {
  readonly title: string;
  readonly runs: readonly RunView[];
}

/** A run behind an expectation, with what it measured. */
export interface RunView {
  /** Of the row in the list of evidence; undefined where it is there for comparison alone. */
  readonly id: string | undefined;
  readonly title: string;
  readonly value: string;
}

const units: Readonly<Record<Metric, string>> = {
  transactionsPerSecond: "transactions per second",
  latencyP50Milliseconds: "ms",
  latencyP95Milliseconds: "ms",
  latencyP99Milliseconds: "ms",
  latencyMaxMilliseconds: "ms",
  cpuMillisecondsPerTransaction: "ms of processor time per transaction",
  bytesPerTransaction: "bytes per transaction",
  flushesPerTransaction: "flushes per transaction",
  extents: "extents",
  scanMiBPerSecond: "MiB/s",
  spaceGiB: "GiB",
  dataGiB: "GiB",
  spaceShare: "bytes for each byte of the files",
  logicalGiB: "GiB",
  snapshotMilliseconds: "ms",
  recoverySeconds: "s",
  writtenMiB: "MiB written",
};

const ratio = (estimate: Estimate | null): string =>
  estimate === null ? "not measured" : `${estimate.ratio} × (${estimate.confidence})`;

/** The evidence rows behind an expectation, each once. */
export const rowsOf = ({ againstBtrfsDefaults, againstXfs }: Expectation): readonly string[] => [
  ...new Set([...(againstBtrfsDefaults?.rows ?? []), ...(againstXfs?.rows ?? [])]),
];

/** The batches behind an expectation. */
const batchesOf = (expected: Expectation, evidence: Evidence): readonly Batch[] => {
  const named = rowsOf(expected);
  const used = new Set(evidence.rows.filter(({ id }) => named.includes(id)).map(({ batch }) => batch));
  return evidence.batches.filter(({ id }) => used.has(id));
};

const summary = (expected: Expectation, evidence: Evidence): string => {
  const { againstBtrfsDefaults, againstXfs } = expected;
  const noise = noiseBehind(evidence, rowsOf(expected));
  return [
    ...(againstBtrfsDefaults ? [comparison(againstBtrfsDefaults.ratio, "plain Btrfs", noise)] : []),
    ...(againstXfs ? [comparison(againstXfs.ratio, "XFS", noise)] : []),
  ].join(", ");
};

const plotBars = ({ againstBtrfsDefaults, againstXfs }: Expectation): readonly PlotBar[] => {
  if (againstBtrfsDefaults === null) return [];
  const { ratio: own, confidence } = againstBtrfsDefaults;
  const bars = [
    { label: "this plan", ratio: own, confidence, tone: "plan" as const },
    { label: "plain Btrfs", ratio: 1, confidence: "", tone: "other" as const },
    ...(againstXfs
      ? [
          {
            label: "XFS",
            ratio: own / againstXfs.ratio,
            confidence: againstXfs.confidence,
            tone: "other" as const,
          },
        ]
      : []),
  ];
  const places = barsFromZero(bars.map((bar) => bar.ratio));
  return bars.map(({ ratio: value, ...bar }, i) => ({
    ...bar,
    value: value.toFixed(2),
    width: places[i]?.width ?? 0,
  }));
};

const runView = (row: EvidenceRow, metric: Metric, named: readonly string[]): RunView[] => {
  const measured = row.metrics[metric];
  if (measured === undefined) return [];
  const id = named.includes(row.id) ? row.id : undefined;
  return [{ id, title: row.title, value: `${measuredText(measured)} ${units[metric]}` }];
};

/** What the runs measured, and plain Btrfs beside them: a ratio says nothing of how fast either was. */
const runs = (expected: Expectation, evidence: Evidence): readonly RunsOfBatch[] => {
  const metric = expected.metric as Metric;
  const named = rowsOf(expected);
  return batchesOf(expected, evidence).map(({ id, title }) => {
    const rows = evidence.rows.filter(({ batch }) => batch === id);
    const plain = plainBtrfsOf(rows);
    const shown = rows.filter((row) => row === plain || named.includes(row.id));
    return { title, runs: shown.flatMap((row) => runView(row, metric, named)) };
  });
};

export const expectationView = (expected: Expectation, evidence: Evidence): ExpectationView => ({
  title: expected.title,
  better: expected.better,
  againstBtrfs: ratio(expected.againstBtrfsDefaults),
  againstXfs: ratio(expected.againstXfs),
  rows: rowsOf(expected).join(", "),
  summary: summary(expected, evidence),
  bars: plotBars(expected),
  runs: runs(expected, evidence),
});
