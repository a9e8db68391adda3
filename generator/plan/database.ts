import type { SettingGroup, SettingValue } from "../engines/types.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Confidence, Source } from "../sources/types.ts";
import type { Engine, Preference, SnapshotInterval } from "../spec/schema.ts";
import type { Profile, WorkloadClass } from "../spec/workload.ts";
import type { PlannedCluster } from "./cluster.ts";
import type { Expectation } from "./decision.ts";
import type { Directory } from "./storage.ts";

export interface PlannedSetting {
  readonly name: string;
  readonly value: SettingValue;
  readonly group: SettingGroup | "override";
  readonly reason: string;
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
  /** Evidence rows, by id. */
  readonly evidence: readonly string[];
  /** Oldest package version that has it; asked of the package when the configuration is evaluated. */
  readonly packageVersion: string | null;
  readonly overridden: boolean;
}

export interface PlannedArgument {
  readonly argument: string;
  readonly reason: string;
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
}

export interface PlannedSnapshots {
  readonly every: SnapshotInterval;
  readonly keep: string;
}

export interface PlannedBackup {
  readonly target: string;
  readonly method: string;
  readonly title: string;
  readonly pointInTime: boolean;
  /** Whether what happens between two backups reaches the target as well. */
  readonly keepsLog: boolean;
  readonly recoveryPointObjective: string;
  readonly recoveryTimeObjective: string;
  /** When it runs, as systemd writes calendars; null where the method has no such run. */
  readonly full: string | null;
  readonly incremental: string | null;
}

export interface PlannedDatabase {
  readonly name: string;
  readonly engine: Engine;
  /** As the spec names it; null where it leaves it to the system (SQLite). */
  readonly version: string | null;
  /** nixpkgs attribute of the server; null for SQLite. */
  readonly package: string | null;
  readonly workload: WorkloadClass;
  readonly profile: Profile;
  readonly prefer: Preference;
  readonly notes: string | null;
  readonly sizeGiB: number;
  readonly memoryGiB: number;
  readonly connections: number;
  readonly filesystem: string;
  readonly mountPoint: string;
  readonly dataDirectory: string;
  readonly user: string;
  readonly group: string;
  readonly units: readonly string[];
  readonly layout: LayoutChoice;
  readonly directories: readonly Directory[];
  readonly settings: readonly PlannedSetting[];
  readonly initArguments: readonly PlannedArgument[];
  readonly snapshots: PlannedSnapshots | null;
  readonly backup: PlannedBackup | null;
  /** Whether clones may be made of it. */
  readonly clones: boolean;
  /** Relative performance of the chosen layout, by metric, against plain Btrfs and against XFS. */
  readonly expected: readonly Expectation[];
  readonly acceptNoChecksums: boolean;
  /** Null where the database stands alone. */
  readonly cluster: PlannedCluster | null;
}
