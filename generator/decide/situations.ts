import { factsOf } from "../engines/index.ts";
import { kernelOf } from "../platform/nixos-releases.ts";
import { poolGiB, systemRoomGiB } from "../spec/capacity.ts";
import { clusterView } from "../spec/cluster-roles.ts";
import { memoryShares } from "../spec/memory-shares.ts";
import type { Database, Spec } from "../spec/schema.ts";
import { classOf, profileOf } from "../spec/workload-profile.ts";
import { parseVersion } from "../version.ts";
import { profilesFor } from "./filesystem-profile.ts";
import type { PlannedPool } from "./pools.ts";
import { type Situation, snapshotNeed, versionOf } from "./situation.ts";

/** Many SQLite files are open at once, each with its own connections and caches; more than a hundred rarely are. */
const openFiles = (database: Database): number =>
  database.engine === "sqlite" ? Math.min(100, database.databases) : 1;

/** A connection with its buffers takes about 20 MiB of a server's memory once it has worked. */
const connectionsPerGiB = 50;

/** The usual number for the class, fewer on a small host; what the owner names is taken as it is. */
const connectionsOf = (database: Database, usual: number, memoryGiB: number): number => {
  if (database.connections !== undefined) return database.connections;
  if (database.engine === "sqlite") return usual * openFiles(database);
  return Math.min(usual, Math.max(20, Math.floor(memoryGiB * connectionsPerGiB)));
};

/** Half of what the databases leave free, and never more than an eighth of the disk that the log would lie on. */
const logRoom = (spec: Spec, { pool, root, databases }: PlannedPool): number => {
  const taken = databases.reduce((sum, index) => sum + (spec.databases[index]?.sizeGiB ?? 0), 0);
  const system = root ? systemRoomGiB(spec.system) : 0;
  const free = poolGiB(pool, spec) - taken - system;
  return Math.max(0, Math.min((pool.disks[0]?.sizeGiB ?? 0) / 8, free / 2));
};

const situationOf = (spec: Spec, pool: PlannedPool, index: number, memoryGiB: number): Situation => {
  const database = spec.databases[index];
  if (!database) throw new Error(`the spec has no database ${index}`);
  const facts = factsOf(database.engine);
  const cluster = clusterView(spec, database);
  const workload = classOf(database.workload);
  return {
    index,
    database,
    facts,
    version: versionOf(database, spec.system.nixos),
    kernel: parseVersion(kernelOf(spec.system)),
    profile: profileOf(database.workload),
    workload,
    memoryGiB,
    cpus: spec.cpus ?? null,
    connections: connectionsOf(database, facts.defaultConnections[workload], memoryGiB),
    disk: pool.pool.kind,
    filesystem: pool.id,
    redundancy: spec.redundancy,
    dataProfile: profilesFor(pool.pool, spec).data,
    snapshotNeed: snapshotNeed(database, cluster),
    logRoomGiB: logRoom(spec, pool),
    cluster,
  };
};

/** The databases of one pool, each with all that decisions about it may look at. */
export const situationsOf = (spec: Spec, pool: PlannedPool): Situation[] => {
  const shares = memoryShares(spec);
  return pool.databases.map((index) => situationOf(spec, pool, index, shares[index] ?? 0));
};
