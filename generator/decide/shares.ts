import type { Database, Spec } from "../spec/schema.ts";

/** What a database counts for when memory is shared: SQLite lives in its application and the page cache. */
const weightOf = (database: Database): number => (database.engine === "sqlite" ? 0.25 : 1);

/** The system's own need, in GiB. */
const systemMemoryGiB = (memoryGiB: number): number => Math.min(2, Math.max(0.5, memoryGiB / 16));

/**
 * Memory for each database in GiB, in the spec's order: what the owner fixed, and for the others equal shares
 * of the rest. A host with one server gives it everything but the system's part.
 */
export const memoryShares = (spec: Spec): number[] => {
  const fixed = spec.databases.reduce((sum, database) => sum + (database.memoryGiB ?? 0), 0);
  const rest = Math.max(0.25, spec.memoryGiB - systemMemoryGiB(spec.memoryGiB) - fixed);
  const weights = spec.databases.reduce((sum, d) => sum + (d.memoryGiB === undefined ? weightOf(d) : 0), 0);
  return spec.databases.map((d) => d.memoryGiB ?? (rest * weightOf(d)) / weights);
};
