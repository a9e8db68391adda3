import type { Batch as EvidenceBatch, EvidenceRow, Measured } from "../evidence/schema.ts";
import { median } from "./averages.ts";
import { candidates } from "./candidate.ts";
import { roundFactors, type Sample } from "./round-factors.ts";
import type { Trial } from "./trial.ts";
import { recorded } from "./variation.ts";

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

const rate = ({ observed }: Trial): number => observed.transactions / observed.seconds;

/** Each metric of a trial; one that it could not measure is left out. */
const metrics: Readonly<Record<string, (trial: Trial) => number | undefined>> = {
  transactionsPerSecond: rate,
  latencyP50Milliseconds: ({ observed }) => observed.latency.p50,
  latencyP95Milliseconds: ({ observed }) => observed.latency.p95,
  latencyP99Milliseconds: ({ observed }) => observed.latency.p99,
  latencyMaxMilliseconds: ({ observed }) => observed.latency.max,
  bytesPerTransaction: ({ bytesWritten, observed }) => bytesWritten / observed.transactions,
  flushesPerTransaction: ({ flushes, observed }) =>
    flushes === undefined ? undefined : flushes / observed.transactions,
  cpuMillisecondsPerTransaction: ({ cpuMilliseconds, observed }) => cpuMilliseconds / observed.transactions,
  extents: ({ extents }) => extents,
  scanMiBPerSecond: ({ scanMiBPerSecond }) => scanMiBPerSecond,
  spaceGiB: ({ usedBytes }) => usedBytes / gibibyte,
  dataGiB: ({ dataBytes }) => dataBytes / gibibyte,
  spaceShare: ({ dataBytes, dataFilesBytes }) =>
    dataFilesBytes === 0 ? undefined : dataBytes / dataFilesBytes,
  logicalGiB: ({ logicalBytes }) => logicalBytes / gibibyte,
  writtenMiB: ({ bytesWritten }) => bytesWritten / mebibyte,
  snapshotMilliseconds: ({ snapshotMilliseconds: all }) => (all.length === 0 ? undefined : median(all)),
  recoverySeconds: ({ recoverySeconds }) => recoverySeconds,
};

const round = (value: number): number => Number(value.toPrecision(4));

const samplesOf = (trials: readonly Trial[], of: (trial: Trial) => number | undefined): Sample[] =>
  trials.flatMap((trial) => {
    const value = of(trial);
    const { candidate, round } = trial;
    return value === undefined || value === 0 ? [] : [{ candidate, round, value }];
  });

/** By candidate: the median over its rounds, once what a round did to all candidates alike is taken out. */
const mediansOf = (samples: readonly Sample[]): ReadonlyMap<string, number> => {
  const factors = roundFactors(samples);
  const byCandidate = Map.groupBy(samples, ({ candidate }) => candidate);
  return new Map(
    [...byCandidate].map(([candidate, own]) => [
      candidate,
      round(median(own.map((sample) => sample.value / (factors.get(sample.round) ?? 1)))),
    ]),
  );
};

/** By candidate, then by metric. */
const measuredIn = (trials: readonly Trial[]): ((candidate: string) => EvidenceRow["metrics"]) => {
  const medians = Object.entries(metrics).map(
    ([name, of]) => [name, mediansOf(samplesOf(trials, of))] as const,
  );
  return (candidate) =>
    Object.fromEntries(
      medians.flatMap(([name, of]): [string, Measured][] => {
        const value = of.get(candidate);
        return value === undefined ? [] : [[name, value]];
      }),
    ) as EvidenceRow["metrics"];
};

/** A row of the evidence for each candidate: medians over the rounds. */
export const rowsOf = (batch: Pick<EvidenceBatch, "id">, trials: readonly Trial[]): EvidenceRow[] => {
  const ran = new Set(trials.map(({ candidate }) => candidate));
  const measured = measuredIn(trials);
  return candidates
    .filter(({ id }) => ran.has(id))
    .map(({ id, title, filesystem, layout, variation }) => ({
      id: `${batch.id}-${id}`,
      batch: batch.id,
      title,
      filesystem,
      layout,
      variation: recorded(variation),
      metrics: measured(id),
    }));
};

/** A row for each candidate that ran in every round, with its rate in each. */
export const ratesOf = (trials: readonly Trial[]): number[][] => {
  const byCandidate = Map.groupBy(trials, ({ candidate }) => candidate);
  const rounds = new Set(trials.map(({ round }) => round));
  return [...byCandidate.values()]
    .filter((own) => own.length === rounds.size)
    .map((own) => own.toSorted((a, b) => a.round - b.round).map(rate));
};
