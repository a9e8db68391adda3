import type { BtrfsFilesystem, Decision, PlannedDisk, Subvolume } from "../plan/types.ts";
import type { Spec } from "../spec/schema.ts";
import { devicesOf } from "./arrange-disks.ts";
import {
  databaseSubvolume,
  snapshotMountPoint,
  snapshotSubvolume,
  systemSubvolumes,
} from "./arrange-subvolumes.ts";
import type { PoolLayouts } from "./choose-layout.ts";
import {
  checksumDecision,
  checksumFor,
  mountOptionsDecision,
  nodesizeDecision,
} from "./filesystem-decisions.ts";
import { profileDecisions, profilesFor } from "./filesystem-profile.ts";
import type { DatabaseResult } from "./plan-database.ts";
import type { PlannedPool } from "./pools.ts";

export interface PoolResult {
  readonly planned: PlannedPool;
  readonly layouts: PoolLayouts;
  readonly databases: readonly DatabaseResult[];
}

/** Where the snapshots of the main filesystem are mounted; the modules' own default. */
export const snapshotDirectory = "/var/lib/dbtrfs/snapshots";

const subvolumesOf = ({ planned, databases }: PoolResult): Subvolume[] => [
  ...(planned.root ? systemSubvolumes : []),
  ...databases.map(({ database }) => databaseSubvolume(database.name, database.engine, database.mountPoint)),
  ...(databases.some(({ database }) => database.snapshots !== null)
    ? [snapshotSubvolume(snapshotMountPoint(snapshotDirectory, planned.id))]
    : []),
];

export const planFilesystem = (
  spec: Spec,
  result: PoolResult,
  disks: readonly PlannedDisk[],
): BtrfsFilesystem => {
  const { planned, layouts } = result;
  const profiles = profilesFor(planned.pool, spec);
  return {
    id: planned.id,
    label: planned.id === "main" ? spec.host : `${spec.host}-${planned.id}`,
    devices: devicesOf(disks, planned.id),
    nodesize: layouts.nodesize,
    checksum: checksumFor(spec),
    dataProfile: profiles.data,
    metadataProfile: profiles.metadata,
    mountOptions: [],
    subvolumes: subvolumesOf(result),
  };
};

export const filesystemDecisions = (
  spec: Spec,
  { planned, layouts }: PoolResult,
  position: number,
): Decision[] => [
  ...profileDecisions(planned.pool, spec, position),
  nodesizeDecision(layouts, spec, position),
  checksumDecision(spec, position),
  mountOptionsDecision(position, ["noatime"]),
];
