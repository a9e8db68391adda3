import { factsOf } from "../engines/index.ts";
import type { EngineFacts } from "../engines/types.ts";
import type { Batch, Metric } from "../evidence/schema.ts";
import type { Situation } from "./situation.ts";

export type Family = EngineFacts["family"];

/** What is asked of the evidence: the circumstances that a measurement should share. */
export interface Circumstances {
  readonly engine: Batch["engine"];
  readonly family: Family;
  readonly workload: Batch["workload"];
  readonly data: Batch["data"];
  /** Whether snapshots are taken: they end the contiguity of NOCOW files. */
  readonly snapshots: boolean;
}

/** Batches of the family's engines whose server ran as the planner would set it. */
export const ofFamily = (family: Family) => (batch: Batch) =>
  factsOf(batch.engine).family === family && batch.representative;

export const circumstancesOf = ({
  database,
  facts,
  workload,
  profile,
  memoryGiB,
  snapshotNeed,
}: Situation): Circumstances => ({
  engine: database.engine,
  family: facts.family,
  workload,
  data:
    (profile.workingSetGiB ?? database.sizeGiB) > memoryGiB ? "larger-than-memory" : "smaller-than-memory",
  snapshots: snapshotNeed !== "none",
});

/** Metrics that the first snapshot changes for good; the others suffer only while snapshots follow closely. */
const changedByOneSnapshot: readonly Metric[] = ["extents", "scanMiBPerSecond"];

/** In how many circumstances a batch differs; another engine of the family counts most. */
const mismatch = (batch: Batch, c: Circumstances, metric: Metric): number => {
  const snapshotsWanted = c.snapshots && changedByOneSnapshot.includes(metric);
  return (
    (batch.engine === c.engine ? 0 : 4) +
    (batch.workload === c.workload ? 0 : 1) +
    (batch.data === c.data ? 0 : 1) +
    ((batch.snapshotSeconds !== null) === snapshotsWanted ? 0 : 2)
  );
};

export const closest = <T extends { readonly batch: Batch }>(
  found: readonly T[],
  c: Circumstances,
  metric: Metric,
): T[] => {
  const best = Math.min(...found.map((f) => mismatch(f.batch, c, metric)));
  return found.filter((f) => mismatch(f.batch, c, metric) === best);
};

/** Sure is what was measured for this engine, this class of workload, and data as large against the memory. */
export const confidenceOf = (found: readonly { readonly batch: Batch }[], c: Circumstances) =>
  found.every(({ batch: b }) => b.engine === c.engine && b.workload === c.workload && b.data === c.data)
    ? "measured"
    : "inferred";
