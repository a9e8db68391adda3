import { canHold, neededInAYear, type Pool, poolGiB, poolsOf, systemRoomGiB } from "../spec/capacity.ts";
import type { Database, Spec } from "../spec/schema.ts";
import { profileOf } from "../spec/workload-profile.ts";

export interface PlannedPool {
  /** Id of its Btrfs filesystem: "main" for the fastest, else the kind of its disks. */
  readonly id: string;
  readonly pool: Pool;
  readonly root: boolean;
  /** Indexes into the spec's databases. */
  readonly databases: readonly number[];
}

export interface Assignment {
  readonly pools: readonly PlannedPool[];
  /** Pools that carry nothing, with the reason. */
  readonly unused: readonly { readonly pool: Pool; readonly reason: string }[];
}

/** Who profits most from the fastest disks goes first. */
const urgency = (database: Database): number =>
  (database.prefer === "latency" ? 1 : 0) + profileOf(database.workload).writeShare;

/**
 * Which disks each database lies on: the fastest that have room, for its size in a year if it can be, else for
 * its size today. The spec's checks have made sure that there is room somewhere for the databases together;
 * what cannot be packed goes to the pool with most room left.
 */
export const assignPools = (spec: Spec): Assignment => {
  const all = poolsOf(spec.disks);
  const fit = all.filter((pool) => canHold(pool, spec.redundancy));
  const system = systemRoomGiB(spec.system);
  const free = fit.map((pool, index) => poolGiB(pool, spec.redundancy) - (index === 0 ? system : 0));
  const members: number[][] = fit.map(() => []);
  for (const index of byUrgency(spec)) {
    const database = spec.databases[index] as Database;
    const place = roomFor(database, free);
    members[place]?.push(index);
    free[place] = (free[place] ?? 0) - neededInAYear(database);
  }
  const rooted = (index: number) => index === 0 && spec.system.root === "here";
  const pools = fit.map((pool, index) => ({
    id: index === 0 ? "main" : pool.kind,
    pool,
    root: rooted(index),
    databases: (members[index] ?? []).sort((a, b) => a - b),
  }));
  const idle = pools.filter((p) => p.databases.length === 0 && !p.root).map((p) => p.pool);
  return {
    pools: pools.filter((p) => !idle.includes(p.pool)),
    unused: [
      ...all
        .filter((pool) => !fit.includes(pool))
        .map((pool) => ({ pool, reason: `too few ${pool.kind} disks for redundancy "${spec.redundancy}"` })),
      ...idle.map((pool) => ({ pool, reason: "everything fits on the faster disks" })),
    ],
  };
};

const byUrgency = (spec: Spec): number[] =>
  spec.databases
    .map((_, index) => index)
    .sort((a, b) => urgency(spec.databases[b] as Database) - urgency(spec.databases[a] as Database) || a - b);

const roomFor = (database: Database, free: readonly number[]): number => {
  const inAYear = free.findIndex((gib) => gib >= neededInAYear(database));
  if (inAYear >= 0) return inAYear;
  const today = free.findIndex((gib) => gib >= database.sizeGiB);
  return today >= 0 ? today : free.indexOf(Math.max(...free));
};
