import { expect, test } from "vitest";
import { builtInEvidence } from "../evidence/load.ts";
import type { Evidence } from "../evidence/schema.ts";
import { layoutsOf } from "./candidate.ts";
import { evidenceOf } from "./evidence-of.ts";
import { batches } from "./matrix.ts";
import { plannedLayout } from "./planned-layout.ts";
import { circumstancesOf, type Kept } from "./session.ts";
import { standings, targets } from "./targets.ts";

const machine = {
  kernel: "6.18",
  cpus: 2,
  device: "loop",
  deviceKind: "loop",
} as const;
const medium = { about: "a disk of a test", kind: "nvme" } as const;
const timing = { warmUpSeconds: 1, windowSeconds: 10, snapshotSeconds: null };

/** Evidence in which each candidate of a batch makes the transactions that `rateOf` says. */
const evidence = (rateOf: (batch: string, candidate: string) => number): Evidence => {
  const kept = batches.flatMap((batch) =>
    layoutsOf(batch.engine).map((id): Kept => {
      const transactions = rateOf(batch.id, id) * 10;
      const latency = { p50: 1, p95: 1, p99: 1, max: 1 };
      const sizes = { extents: 10, scanMiBPerSecond: 100, usedBytes: 2 ** 30, logicalBytes: 2 ** 30 };
      const trial = {
        candidate: id,
        round: 1,
        observed: { transactions, seconds: 10, latency },
        bytesWritten: 1e9,
        cpuMilliseconds: 1000,
        ...sizes,
        snapshotMilliseconds: [],
        recoverySeconds: 1,
      };
      return {
        batch: batch.id,
        circumstances: circumstancesOf(batch, timing),
        date: "2026-11-26",
        version: "17",
        settings: "",
        medium,
        trial,
      };
    }),
  );
  return evidenceOf(batches, kept, timing, machine);
};

test("what was not measured is missed, and says so", () => {
  const all = standings(builtInEvidence());
  expect(all).toHaveLength(targets.length);
  expect(all.every(({ found, met }) => found === null && !met)).toBe(true);
});

test("a target compares the layout that the planner chooses by the same evidence", () => {
  const measured = evidence((_, candidate) => (candidate === "log-xfs-4k" ? 3000 : 1500));
  const latency = standings(measured).find(({ title }) => title === "PostgreSQL OLTP, latency plan / XFS");
  expect(
    plannedLayout({ engine: "postgresql", workload: "oltp", prefer: "latency", snapshots: false }, measured),
  ).toMatchObject({ log: "own-filesystem" });
  expect(latency).toMatchObject({ found: 2, met: true, chosen: "Data CoW, log on its own XFS, 4 KiB nodes" });
});

test("what it was measured on is told", () => {
  const [batch] = evidence(() => 1).batches;
  expect(batch).toMatchObject({ device: "a disk of a test", deviceKind: "nvme" });
});

test("a target that is missed is seen", () => {
  const measured = evidence((_, candidate) => (candidate === "xfs" ? 9000 : 1500));
  const latency = standings(measured).find(({ title }) => title === "PostgreSQL OLTP, latency plan / XFS");
  expect(latency?.met).toBe(false);
});
