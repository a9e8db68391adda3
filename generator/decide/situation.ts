import { factsOf } from "../engines/index.ts";
import type { EngineFacts } from "../engines/types.ts";
import type { DataProfile } from "../plan/types.ts";
import { type ClusterView, takesSnapshots } from "../spec/cluster-roles.ts";
import type { Database, DiskKind, Redundancy } from "../spec/schema.ts";
import { seriesOf } from "../spec/series.ts";
import type { Profile, WorkloadClass } from "../spec/workload.ts";
import { parseVersion, type Version } from "../version.ts";

/** Whether the layout must allow atomic snapshots: the owner asked, for clones too, or the plan wants them, may do without, or none. */
export type SnapshotNeed = "required" | "optional" | "none";

/** One database in its surroundings: all that a decision about it may look at. */
export interface Situation {
  readonly index: number;
  readonly database: Database;
  readonly facts: EngineFacts;
  readonly version: Version;
  readonly kernel: Version;
  readonly profile: Profile;
  readonly workload: WorkloadClass;
  readonly memoryGiB: number;
  readonly cpus: number | null;
  readonly connections: number;
  readonly disk: DiskKind;
  readonly filesystem: string;
  readonly redundancy: Redundancy;
  readonly dataProfile: DataProfile;
  readonly snapshotNeed: SnapshotNeed;
  /** What a filesystem for the log alone could take, GiB. */
  readonly logRoomGiB: number;
  /** Null where the database stands alone. */
  readonly cluster: ClusterView | null;
}

/**
 * Doing without snapshots is the owner's choice: asked for by `"snapshots": false`, or allowed by preferring
 * latency or throughput without naming snapshots at all.
 */
export const snapshotNeed = (database: Database, cluster: ClusterView | null): SnapshotNeed => {
  // Where roles are fixed the primary is one that takes none for good.
  if (cluster?.self.role === "primary" && !takesSnapshots(cluster)) return "none";
  if (database.snapshots === false) return "none";
  if (database.snapshots !== undefined || database.clones) return "required";
  return database.prefer === "latency" || database.prefer === "throughput" ? "optional" : "required";
};

/** The version as numbers: the spec's, or for SQLite without one the newest that the NixOS release packages. */
export const versionOf = (database: Database, nixos: string): Version => {
  const packaged = factsOf(database.engine).series.filter(
    (s) => s.package !== null && s.releases.includes(nixos),
  );
  return parseVersion(database.version ?? packaged.at(-1)?.series ?? "0");
};

/** The nixpkgs attribute of the server's package. */
export const packageOf = (database: Database): string | null =>
  database.engine === "sqlite"
    ? null
    : (database.package ?? seriesOf(database.engine, database.version)?.package ?? null);
