import { expect, test } from "vitest";
import { plannedChoice } from "./planned-layout.ts";
import { standings, targets } from "./targets.ts";
import { syntheticEvidence } from "./testing/synthetic-evidence.ts";

const nothing = { evidenceVersion: 1, title: "nothing", batches: [], rows: [] } as const;

test("what was not measured is missed, and says so", () => {
  const all = standings({ ...nothing, batches: [], rows: [] });
  expect(all).toHaveLength(targets.length);
  expect(all.every(({ found, met }) => found === null && !met)).toBe(true);
});

test("a target compares the layout that the planner chooses by the same evidence", () => {
  const measured = syntheticEvidence((_, candidate) => (candidate === "log-xfs-4k" ? 3000 : 1500));
  const latency = standings(measured).find(({ title }) => title === "PostgreSQL OLTP, latency plan / XFS");
  const owner = {
    engine: "postgresql",
    workload: "oltp",
    prefer: "latency",
    snapshots: null,
    data: "smaller-than-memory",
  } as const;
  expect(plannedChoice(owner, measured).layout).toMatchObject({ log: "own-filesystem" });
  expect(latency).toMatchObject({ found: 2, met: true, chosen: "Data CoW, log on its own XFS, 4 KiB nodes" });
});

test("what it was measured on is told", () => {
  const [batch] = syntheticEvidence(() => 1).batches;
  expect(batch).toMatchObject({ device: "a disk of a test", deviceKind: "nvme" });
});

test("a target that is missed is seen", () => {
  const measured = syntheticEvidence((_, candidate) => (candidate === "xfs" ? 9000 : 1500));
  const latency = standings(measured).find(({ title }) => title === "PostgreSQL OLTP, latency plan / XFS");
  expect(latency?.met).toBe(false);
});
