import { type Pool, poolsOf, rootPool } from "../spec/capacity.ts";
import { packDatabases } from "../spec/packing.ts";
import type { Spec } from "../spec/schema.ts";

export interface PlannedPool {
  /** Id of its Btrfs filesystem: "main" for the one with the root, else the kind of its disks. */
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

/** Which disks each database lies on, and which the root. The spec's checks have made sure that there is a way. */
export const assignPools = (spec: Spec): Assignment => {
  const { pools: fit, places } = packDatabases(spec);
  const main = rootPool(spec)?.kind;
  const pools = fit.map((pool, index) => ({
    id: pool.kind === main ? "main" : pool.kind,
    pool,
    root: pool.kind === main && spec.system.root === "here",
    databases: spec.databases.map((_, d) => d).filter((d) => places?.[d] === index),
  }));
  const idle = pools.filter((p) => p.databases.length === 0 && !p.root).map((p) => p.pool);
  const kinds = fit.map(({ kind }) => kind);
  return {
    pools: pools.filter((p) => !idle.includes(p.pool)),
    unused: [
      ...poolsOf(spec.disks)
        .filter(({ kind }) => !kinds.includes(kind))
        .map((pool) => ({ pool, reason: `too few ${pool.kind} disks for redundancy "${spec.redundancy}"` })),
      ...idle.map((pool) => ({ pool, reason: "everything fits on the other disks" })),
    ],
  };
};
