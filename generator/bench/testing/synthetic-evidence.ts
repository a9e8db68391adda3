import type { Evidence } from "../../evidence/schema.ts";
import { layoutsOf } from "../candidate.ts";
import { evidenceOf } from "../evidence-of.ts";
import type { Kept } from "../kept.ts";
import { batches } from "../matrix.ts";
import { circumstancesOf } from "../session.ts";

const machine = { kernel: "6.18", cpus: 2 } as const;
const medium = { about: "a disk of a test", kind: "nvme" } as const;
const timing = { warmUpSeconds: 1, windowSeconds: 10, snapshotSeconds: null };

const roundsOf = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

/**
 * Evidence in which each candidate of a batch makes the transactions that `rateOf` says, in the middle of `rounds`
 * that differ by 2 % each, upwards for one candidate and downwards for the next.
 */
export const syntheticEvidence = (
  rateOf: (batch: string, candidate: string) => number,
  rounds = 1,
): Evidence => {
  const kept = batches.flatMap((batch) =>
    layoutsOf(batch.engine)
      .flatMap((id, at) =>
        roundsOf(rounds).map((round) => ({ id, round, drift: at % 2 === 0 ? 0.02 : -0.02 })),
      )
      .map(({ id, round, drift }): Kept => {
        const transactions = rateOf(batch.id, id) * 10 * (1 + (round - (rounds + 1) / 2) * drift);
        const latency = { p50: 1, p95: 1, p99: 1, max: 1 };
        const bytes = {
          usedBytes: 2 ** 30,
          dataBytes: 2 ** 30,
          dataFilesBytes: 2 ** 30,
          logicalBytes: 2 ** 30,
        };
        const sizes = { extents: 10, scanMiBPerSecond: 100, ...bytes };
        const trial = {
          candidate: id,
          round,
          observed: { transactions, seconds: 10, latency },
          bytesWritten: 1e9,
          flushes: transactions,
          cpuMilliseconds: 1000,
          ...sizes,
          snapshotMilliseconds: [],
          recoverySeconds: 1,
          othersShare: 0,
        };
        return {
          batch: batch.id,
          circumstances: circumstancesOf(batch, timing),
          date: "2026-11-26",
          version: "17",
          settings: "",
          machine,
          medium,
          trial,
        };
      }),
  );
  return evidenceOf(batches, kept, timing);
};
