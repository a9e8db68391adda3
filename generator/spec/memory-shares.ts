import type { Database, Spec } from "./schema.ts";

/** What a database counts for when memory is shared: SQLite lives in its application and the page cache. */
const weightOf = (database: Database): number => (database.engine === "sqlite" ? 0.25 : 1);

/** The system's own need, in GiB. */
const systemMemoryGiB = (memoryGiB: number): number => Math.min(2, Math.max(0.5, memoryGiB / 16));

const shareOut = (spec: Spec, rest: number): number[] => {
  const weights = spec.databases.reduce((sum, d) => sum + (d.memoryGiB === undefined ? weightOf(d) : 0), 0);
  return spec.databases.map((d) => d.memoryGiB ?? (rest * weightOf(d)) / weights);
};

/** What the host has left in GiB for the databases whose owner fixed nothing; below zero where others take too much. */
const restGiB = (spec: Spec): number => {
  const fixed = spec.databases.reduce((sum, database) => sum + (database.memoryGiB ?? 0), 0);
  return spec.memoryGiB - systemMemoryGiB(spec.memoryGiB) - fixed;
};

/**
 * Memory for each database in GiB, in the spec's order: what the owner fixed, and for the others equal shares
 * of the rest. A host with one server gives it everything but the system's part.
 */
export const memoryShares = (spec: Spec): number[] => shareOut(spec, Math.max(0.25, restGiB(spec)));

/** The same without the least that a plan goes by, to tell where there is too little. */
export const trueMemoryShares = (spec: Spec): number[] => shareOut(spec, Math.max(0, restGiB(spec)));
