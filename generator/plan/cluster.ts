import type { ClusterKind } from "../spec/cluster.ts";
import type { ClusterRole } from "../spec/cluster-roles.ts";

/** The cluster that a database is a member of, as its host sees it. */
export interface PlannedCluster {
  readonly kind: ClusterKind;
  readonly name: string;
  /** Which of the members this host is. */
  readonly member: string;
  readonly role: ClusterRole;
  readonly members: readonly PlannedMember[];
  /** The member that takes writes; null where that is not fixed. */
  readonly primary: string | null;
  readonly synchronous: boolean;
  /** Of Patroni; null for the others. */
  readonly etcd: PlannedEtcd | null;
  /** Of Galera; null for the others. */
  readonly gcache: PlannedGcache | null;
  /** The members that take snapshots, and the one that makes the backup. */
  readonly snapshotsOn: readonly string[];
  readonly backupOn: string | null;
  /** How a member that was away too long, or lost its disk, comes back. */
  readonly rejoin: string;
  /** Files on the host that the owner puts there. */
  readonly secrets: readonly PlannedSecret[];
  /** Ports that the other members reach, and nobody else needs. */
  readonly ports: readonly number[];
}

export interface PlannedMember {
  readonly name: string;
  readonly address: string;
  readonly role: ClusterRole;
}

export interface PlannedEtcd {
  /** ADDRESS:PORT of every etcd server. */
  readonly endpoints: readonly string[];
  /** The members that run it; empty where it runs elsewhere. */
  readonly members: readonly string[];
}

/** Galera's ring buffer of what members have not got yet. */
export interface PlannedGcache {
  readonly directory: string;
  readonly sizeMiB: number;
}

export interface PlannedSecret {
  readonly path: string;
  readonly holds: string;
  /** The variable of a service that is filled from it; null where something else reads the file. */
  readonly variable: string | null;
}
