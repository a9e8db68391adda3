import type { Measured, Metric } from "../../evidence/schema.ts";

interface MetricText {
  readonly title: string;
  /** What a number of the evidence is divided by, for the title's unit. */
  readonly divisor?: number;
}

const metrics: Readonly<Record<Metric, MetricText>> = {
  transactionsPerSecond: { title: "transactions per second" },
  latencyP50Milliseconds: { title: "latency, median, ms" },
  latencyP95Milliseconds: { title: "latency, 95 of 100, ms" },
  latencyP99Milliseconds: { title: "latency, 99 of 100, ms" },
  latencyMaxMilliseconds: { title: "latency, longest, ms" },
  cpuMillisecondsPerTransaction: { title: "processor time/transaction, ms" },
  bytesPerTransaction: { title: "written per transaction, KiB", divisor: 1024 },
  flushesPerTransaction: { title: "flushes per transaction" },
  extents: { title: "extents" },
  scanMiBPerSecond: { title: "cold scan, MiB/s" },
  spaceGiB: { title: "space used, GiB" },
  dataGiB: { title: "space used without logs, GiB" },
  spaceShare: { title: "space used for each byte of the data's files" },
  logicalGiB: { title: "size of the files, GiB" },
  snapshotMilliseconds: { title: "making a snapshot, ms" },
  recoverySeconds: { title: "recovery after a kill, s" },
  writtenMiB: { title: "written in the run, MiB" },
};

export const metricTitle = (metric: Metric): string => metrics[metric].title;

export const metricNames = Object.keys(metrics) as Metric[];

/** Three digits say more than the runs of a benchmark agree on; whole numbers stay whole. */
const number = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

/** A number, or a range over repeated runs: "1410–1760". */
export const measuredText = (metric: Metric, measured: Measured | undefined): string => {
  if (measured === undefined) return "";
  const scaled = (value: number) => number(value / (metrics[metric].divisor ?? 1));
  if (typeof measured === "number") return scaled(measured);
  const [low, high] = [scaled(measured.low), scaled(measured.high)];
  return low === high ? low : `${low}–${high}`;
};
