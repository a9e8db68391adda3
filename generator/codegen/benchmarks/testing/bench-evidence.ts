import { candidatesFor } from "../../../bench/candidate.ts";
import { evidenceOf } from "../../../bench/evidence-of.ts";
import { type Batch, batches } from "../../../bench/matrix.ts";
import { circumstancesOf, type Kept } from "../../../bench/session.ts";
import type { Evidence } from "../../../evidence/schema.ts";

const timing = { warmUpSeconds: 10, windowSeconds: 60, snapshotSeconds: null };

/** Transactions a second of a candidate in the first round; the third has 4 % more. */
export type Rate = (batch: string, candidate: string) => number;

const keptOf = (batch: Batch, candidate: string, round: number, rate: number): Kept => {
  const transactions = Math.round(rate * 60 * (0.98 + 0.02 * round));
  const latency = { p50: 4000 / rate, p95: 9000 / rate, p99: 15_000 / rate };
  const trial = {
    candidate,
    round,
    observed: { transactions, seconds: 60, latency },
    bytesWritten: transactions * 30_000,
    cpuMilliseconds: transactions / 3,
    extents: 70_000,
    scanMiBPerSecond: 800,
    usedBytes: 2.5e9,
    logicalBytes: 2e9,
    snapshotMilliseconds: batch.snapshotSeconds === null ? [] : [20, 30],
    recoverySeconds: 1.5,
  };
  return {
    batch: batch.id,
    circumstances: circumstancesOf(batch, timing),
    date: "2026-11-26",
    version: { postgresql: "17.5", mariadb: "11.8", mysql: "9.7", sqlite: "3.51" }[batch.engine],
    settings: "as the server's driver sets them",
    medium: { about: "a disk of a test", kind: "nvme" },
    trial,
  };
};

/** The whole reference run as `dbtrfs bench` would write it, had it measured these rates in three rounds. */
export const benchEvidence = (rate: Rate): Evidence => {
  const kept = batches.flatMap((batch) =>
    candidatesFor(batch.engine).flatMap(({ id }) =>
      [1, 2, 3].map((round) => keptOf(batch, id, round, rate(batch.id, id))),
    ),
  );
  return evidenceOf(batches, kept, timing, {
    kernel: "6.18.44",
    cpus: 2,
    command: "dbtrfs bench /dev/nvme9n1",
  });
};
