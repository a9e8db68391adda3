import type { PlannedDisk } from "../plan/types.ts";
import { neededInAYear, poolGiB, systemRoomGiB } from "../spec/capacity.ts";
import type { Spec } from "../spec/schema.ts";
import type { LogRequest } from "./arrange-disks.ts";
import type { PlannedPool } from "./pools.ts";

/** GiB of a pool that its databases can fill, beside the system and the logs' own filesystems. */
const roomGiB = (spec: Spec, { id, pool, root }: PlannedPool, logs: readonly LogRequest[]): number => {
  const forLogs = logs.filter((log) => log.pool === id).reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
  return poolGiB(pool, spec) - (root ? systemRoomGiB(spec.system) : 0) - forLogs;
};

const growthWarning = (spec: Spec, pool: PlannedPool, logs: readonly LogRequest[]): string[] => {
  const needed = pool.databases.reduce((sum, index) => {
    const database = spec.databases[index];
    return sum + (database ? neededInAYear(database) : 0);
  }, 0);
  const room = roomGiB(spec, pool, logs);
  return needed > room
    ? [
        `In a year the databases on the ${pool.pool.kind} disks need about ${Math.round(needed)} GiB; there is room for ${Math.round(room)} GiB.`,
      ]
    : [];
};

const unusedWarning = ({ device, unused }: PlannedDisk): string[] =>
  unused ? [`${device} is not used: ${unused}.`] : [];

/** Btrfs spans disks of a kind, and without copies each of them holds a part of every database. */
const spanWarning = (spec: Spec, { pool, databases }: PlannedPool): string[] =>
  spec.redundancy === "none" && pool.disks.length > 1 && databases.length > 0
    ? [
        `Redundancy is "none" over ${pool.disks.length} ${pool.kind} disks: the loss of one of them loses every database there. Ask for "mirror" to keep two copies.`,
      ]
    : [];

const bootWarning = (spec: Spec): string[] =>
  spec.redundancy !== "none" && spec.system.root === "here"
    ? [
        "After a disk loss the host does not boot unattended: mounting with a missing device needs the option degraded, which is left out on purpose, and the filesystem is found by the partition label of its last disk. Boot an installer, mount with degraded, run btrfs replace, and give the new partition the old one's label.",
      ]
    : [];

/** What the owner must know of the disks: growth that they cannot take, what their loss costs, and what lies idle. */
export const hostWarnings = (
  spec: Spec,
  pools: readonly PlannedPool[],
  disks: readonly PlannedDisk[],
  logs: readonly LogRequest[],
): string[] => [
  ...pools.flatMap((pool) => [...growthWarning(spec, pool, logs), ...spanWarning(spec, pool)]),
  ...disks.flatMap(unusedWarning),
  ...bootWarning(spec),
];
