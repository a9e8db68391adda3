import type { Batch as EvidenceBatch, EvidenceRow, Measured } from "../evidence/schema.ts";
import { candidates } from "./candidate.ts";
import type { Trial } from "./trial.ts";
import { recorded } from "./variation.ts";

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/** Middle of the values; of an even number the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [a = 0, b = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (a + b) / 2;
};

/** Half the distance of the extremes from each other, in percent of the median. */
export const spreadPercent = (values: readonly number[]): number =>
  values.length < 2 ? 0 : ((Math.max(...values) - Math.min(...values)) / 2 / median(values)) * 100;

const rate = ({ observed }: Trial): number => observed.transactions / observed.seconds;

/** Each metric of a trial; one that it could not measure is left out. */
const metricsOf: Readonly<Record<string, (trial: Trial) => number | undefined>> = {
  transactionsPerSecond: rate,
  latencyP50Milliseconds: ({ observed }) => observed.latency.p50,
  latencyP95Milliseconds: ({ observed }) => observed.latency.p95,
  latencyP99Milliseconds: ({ observed }) => observed.latency.p99,
  latencyMaxMilliseconds: ({ observed }) => observed.latency.max,
  bytesPerTransaction: ({ bytesWritten, observed }) => bytesWritten / observed.transactions,
  cpuMillisecondsPerTransaction: ({ cpuMilliseconds, observed }) => cpuMilliseconds / observed.transactions,
  extents: ({ extents }) => extents,
  scanMiBPerSecond: ({ scanMiBPerSecond }) => scanMiBPerSecond,
  spaceGiB: ({ usedBytes }) => usedBytes / gibibyte,
  dataGiB: ({ dataBytes }) => (dataBytes === undefined ? undefined : dataBytes / gibibyte),
  spaceShare: ({ dataBytes, dataFilesBytes }) =>
    dataBytes === undefined || dataFilesBytes === undefined ? undefined : dataBytes / dataFilesBytes,
  logicalGiB: ({ logicalBytes }) => logicalBytes / gibibyte,
  writtenMiB: ({ bytesWritten }) => bytesWritten / mebibyte,
  snapshotMilliseconds: ({ snapshotMilliseconds: all }) => (all.length === 0 ? undefined : median(all)),
  recoverySeconds: ({ recoverySeconds }) => recoverySeconds,
};

const round = (value: number): number => Number(value.toPrecision(4));

const overRounds = (trials: readonly Trial[]): EvidenceRow["metrics"] => {
  const entries = Object.entries(metricsOf).flatMap(([name, of]) => {
    const values = trials.map(of).filter((value) => value !== undefined && value > 0) as number[];
    return values.length === 0 ? [] : [[name, round(median(values))] as [string, Measured]];
  });
  return Object.fromEntries(entries) as EvidenceRow["metrics"];
};

/** A row of the evidence for each candidate: the median over its rounds. */
export const rowsOf = (batch: Pick<EvidenceBatch, "id">, trials: readonly Trial[]): EvidenceRow[] =>
  candidates.flatMap(({ id, title, filesystem, layout, variation }) => {
    const own = trials.filter(({ candidate }) => candidate === id);
    if (own.length === 0) return [];
    const metrics = overRounds(own);
    return [
      {
        id: `${batch.id}-${id}`,
        batch: batch.id,
        title,
        filesystem,
        layout,
        variation: recorded(variation),
        metrics,
      },
    ];
  });

/** How much the rate of one candidate differs from round to round, at most. */
export const noisePercentOf = (trials: readonly Trial[]): number => {
  const ids = [...new Set(trials.map(({ candidate }) => candidate))];
  const spreads = ids.map((id) => spreadPercent(trials.filter((t) => t.candidate === id).map(rate)));
  return Math.ceil(Math.max(0, ...spreads));
};
