import type { BtrfsFilesystem, Decision, PlannedDisk, Subvolume } from "../plan/types.ts";
import type { Spec } from "../spec/schema.ts";
import { devicesOf } from "./arrange-disks.ts";
import {
  databaseSubvolume,
  snapshotSubvolume,
  systemSubvolumes,
  waitsForMount,
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

/** Snapshots lie on the filesystem that they are of. For the main one this is the modules' own default. */
const snapshotDirectoryOf = ({ planned, databases }: PoolResult): string | null => {
  if (databases.every(({ database }) => database.snapshots === null)) return null;
  return planned.id === "main" ? "/var/lib/dbtrfs/snapshots" : `/var/lib/dbtrfs/snapshots-${planned.id}`;
};

const subvolumesOf = (result: PoolResult): Subvolume[] => {
  const snapshots = snapshotDirectoryOf(result);
  return [
    ...(result.planned.root ? systemSubvolumes : []),
    ...result.databases.map(({ database }) => databaseSubvolume(database)),
    ...(snapshots === null ? [] : [snapshotSubvolume(snapshots)]),
  ];
};

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
    snapshotDirectory: snapshotDirectoryOf(result),
  };
};

export const filesystemDecisions = (
  spec: Spec,
  { planned, layouts, databases }: PoolResult,
  position: number,
): Decision[] => [
  ...profileDecisions(planned.pool, spec, position),
  nodesizeDecision(layouts, spec, position),
  checksumDecision(spec, position),
  mountOptionsDecision(
    position,
    databases.every(({ database }) => waitsForMount(database)),
  ),
];
