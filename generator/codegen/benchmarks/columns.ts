import { type EvidenceRow, evidenceSchema, type Measured, type Metric } from "../../evidence/schema.ts";
import { numberText } from "./words.ts";

interface Part {
  readonly metric: Metric;
  readonly title: string;
  /** What a number of the evidence is divided by. */
  readonly divisor?: number;
}

interface Column {
  readonly parts: readonly Part[];
  readonly unit: string;
  /** Not shown where all rows have this metric, which says the same and compares better. */
  readonly unless?: Metric;
}

const kibibyte = 1024;

const columns: readonly Column[] = [
  { parts: [{ metric: "transactionsPerSecond", title: "tx/s" }], unit: "" },
  {
    parts: [
      { metric: "latencyP50Milliseconds", title: "p50" },
      { metric: "latencyP95Milliseconds", title: "p95" },
      { metric: "latencyP99Milliseconds", title: "p99" },
      { metric: "latencyMaxMilliseconds", title: "max" },
    ],
    unit: "ms",
  },
  { parts: [{ metric: "bytesPerTransaction", title: "KiB/tx", divisor: kibibyte }], unit: "" },
  { parts: [{ metric: "writtenMiB", title: "written" }], unit: "MiB", unless: "bytesPerTransaction" },
  { parts: [{ metric: "flushesPerTransaction", title: "flushes/tx" }], unit: "" },
  { parts: [{ metric: "cpuMillisecondsPerTransaction", title: "CPU" }], unit: "ms/tx" },
  { parts: [{ metric: "scanMiBPerSecond", title: "scan" }], unit: "MiB/s" },
  { parts: [{ metric: "extents", title: "extents" }], unit: "" },
  {
    parts: [
      { metric: "spaceGiB", title: "used" },
      { metric: "dataGiB", title: "data" },
      { metric: "logicalGiB", title: "files" },
    ],
    unit: "GiB",
  },
  { parts: [{ metric: "spaceShare", title: "space/size" }], unit: "" },
  { parts: [{ metric: "snapshotMilliseconds", title: "snapshot" }], unit: "ms" },
  { parts: [{ metric: "recoverySeconds", title: "recovery" }], unit: "s" },
];

const all = columns.flatMap(({ parts, unit }) => parts.map((part) => ({ ...part, unit })));

/** A metric as a column names it, with its unit. */
export const titleOf = (wanted: Metric): string => {
  const part = all.find(({ metric }) => metric === wanted);
  return part === undefined ? wanted : [part.title, part.unit].filter(Boolean).join(" ");
};

const partOf = (wanted: Metric): Part | undefined => all.find(({ metric }) => metric === wanted);

/** A number of the evidence in the unit of its column. */
export const inUnit = (metric: Metric, value: number): number => value / (partOf(metric)?.divisor ?? 1);

export const measuredText = (metric: Metric, measured: Measured | undefined): string => {
  if (measured === undefined) return "–";
  if (typeof measured === "number") return numberText(inUnit(metric, measured));
  const [low, high] = [measured.low, measured.high].map((value) => numberText(inUnit(metric, value)));
  return low === high ? `${low}` : `${low}–${high}`;
};

const hasAny = (rows: readonly EvidenceRow[], metric: Metric): boolean =>
  rows.some((row) => row.metrics[metric] !== undefined);

const hasAll = (rows: readonly EvidenceRow[], metric: Metric): boolean =>
  rows.every((row) => row.metrics[metric] !== undefined);

/** The columns that these rows fill, with the parts that they fill. */
const columnsOf = (rows: readonly EvidenceRow[]): Column[] =>
  columns
    .filter(({ unless }) => unless === undefined || !hasAll(rows, unless))
    .map((column) => ({ ...column, parts: column.parts.filter(({ metric }) => hasAny(rows, metric)) }))
    .filter(({ parts }) => parts.length > 0);

/** Without spaces: a cell of several numbers would be broken into as many lines. */
const together = (texts: readonly string[]): string => texts.join("/");

const headingOf = ({ parts, unit }: Column): string =>
  [together(parts.map(({ title }) => title)), unit].filter(Boolean).join(" ");

const cellOf = (row: EvidenceRow, { parts }: Column): string => {
  const texts = parts.map(({ metric }) => measuredText(metric, row.metrics[metric]));
  return texts.every((text) => text === "–") ? "–" : together(texts);
};

/** Headings, and a cell of each for every row. */
export const tableOf = (rows: readonly EvidenceRow[]): { headings: string[]; cells: string[][] } => {
  const shown = columnsOf(rows);
  return {
    headings: shown.map(headingOf),
    cells: rows.map((row) => shown.map((column) => cellOf(row, column))),
  };
};

const { metrics: metricsSchema } = evidenceSchema.shape.rows.element.shape;

/** What the columns that these rows fill mean, as the schema of an evidence file has it. */
export const definitions = (rows: readonly EvidenceRow[]): { title: string; text: string }[] =>
  all.flatMap(({ metric }) => {
    const text = metricsSchema.shape[metric].meta()?.description;
    return text === undefined || !hasAny(rows, metric) ? [] : [{ title: titleOf(metric), text }];
  });

/** Metrics that no row has. */
export const unmeasuredMetrics = (rows: readonly EvidenceRow[]): string[] =>
  all.filter(({ metric }) => !hasAny(rows, metric)).map(({ metric }) => titleOf(metric));
