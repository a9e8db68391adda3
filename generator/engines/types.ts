import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Confidence, Source } from "../sources/types.ts";
import type { ClusterView } from "../spec/cluster-roles.ts";
import type { DiskKind, Engine, Preference } from "../spec/schema.ts";
import type { Profile, WorkloadClass } from "../spec/workload.ts";
import type { Version } from "../version.ts";

/** Something said of an engine, with where it was read. `inferred`: the conclusion is ours. */
export interface Claim {
  readonly text: string;
  readonly confidence: Exclude<Confidence, "measured">;
  readonly sources: readonly Source[];
}

export type ComponentId =
  | "data"
  | "log"
  | "undo"
  | "doublewrite"
  | "binlog"
  | "temp"
  | "journal"
  | "shared-memory"
  | "archive"
  | "gcache";

/** A group of files that an engine writes in one way. */
export interface Component {
  readonly id: ComponentId;
  readonly title: string;
  /** As the documentation names them, relative to the data directory: "pg_wal/", "*.ibd". */
  readonly files: readonly string[];
  readonly pattern: Claim;
  /** Unit of a write in bytes; null where the engine has none. */
  readonly pageBytes: number | null;
  /** When the engine makes it durable. */
  readonly sync: string;
  /** The setting or argument that places it elsewhere; null where it cannot be moved. */
  readonly placedBy: string | null;
  /** Whether a snapshot without it is no backup. */
  readonly inSnapshot: Claim & { readonly required: boolean };
  /** What extends the files by fallocate, which ends Btrfs compression of them; null where nothing does. */
  readonly fallocate: (Claim & { readonly since?: string }) | null;
}

/** A release series that dbtrfs knows. */
export interface Series {
  /** "17", "8.4", "11.8" */
  readonly series: string;
  /** nixpkgs attribute; null where nixpkgs has none. */
  readonly package: string | null;
  /** NixOS releases whose package set holds it. */
  readonly releases: readonly string[];
}

/** All that a setting may depend on. */
export interface SettingContext {
  readonly version: Version;
  readonly kernel: Version;
  /** This database's share of the host's memory. */
  readonly memoryGiB: number;
  readonly cpus: number | null;
  readonly connections: number;
  readonly profile: Profile;
  readonly workload: WorkloadClass;
  readonly prefer: Preference;
  readonly disk: DiskKind;
  readonly layout: LayoutChoice;
  readonly sizeGiB: number;
  /** Size of the log's own filesystem; null where the log lives with the data. */
  readonly logFilesystemGiB: number | null;
  /** Absolute directories; null where the engine keeps it in the data directory. */
  readonly directories: {
    readonly data: string;
    readonly log: string | null;
    readonly binlog: string | null;
  };
  readonly pointInTime: boolean;
  /** Null where the database stands alone. */
  readonly cluster: ClusterContext | null;
}

/** The cluster that a database is a member of, with what the settings of a member depend on. */
export interface ClusterContext extends ClusterView {
  /** What the disk can give to log that another member has not read yet, GiB. */
  readonly logRoomGiB: number;
  /** Where the password of the replication user lies on the host; never in the Nix store. */
  readonly passwordFile: string;
}

export type SettingValue = string | number | boolean;

export type SettingGroup =
  | "durability"
  | "replication"
  | "log"
  | "storage"
  | "memory"
  | "parallelism"
  | "planner";

/**
 * One database setting. `value` gives undefined where the engine's default is right or the setting does not
 * apply; `reason` is asked only where `value` gave something.
 */
export interface SettingRule {
  readonly name: string;
  readonly group: SettingGroup;
  readonly value: (context: SettingContext) => SettingValue | undefined;
  readonly reason: (context: SettingContext) => string;
  readonly confidence: Confidence;
  readonly sources: readonly Source[];
  /** First series that has it: never emitted below. */
  readonly since?: string;
  /** First series that no longer has it. */
  readonly until?: string;
  /**
   * Minor release of a series that first has it ({ "17": "17.8" }). A series that is not listed and is newer
   * than all listed has it from its first release; an older one never. The generated Nix asks the package's
   * own version, because an unknown setting keeps the server from starting.
   */
  readonly sinceMinor?: Readonly<Record<string, string>>;
  /** Evidence rows that a measured value rests on, by id. */
  readonly evidence?: readonly string[];
  /** Values that an override may give it; anything else would break the invariant of that number, or durability (null). */
  readonly onlySafe?: {
    readonly values: readonly SettingValue[];
    readonly invariant: number | null;
    readonly why: string;
    /** In which clusters; absent where always. */
    readonly where?: (cluster: ClusterView | null) => boolean;
  };
}

/** An argument of the command that initialises a data directory. */
export interface InitArgument {
  readonly argument: string;
  readonly reason: string;
  readonly confidence: Exclude<Confidence, "measured">;
  readonly sources: readonly Source[];
}

export interface EngineFacts {
  readonly engine: Engine;
  readonly title: string;
  /** Engines of one family share a storage engine, and so measurements where there are none of their own. */
  readonly family: "postgresql" | "innodb" | "sqlite";
  readonly series: readonly Series[];
  readonly components: readonly Component[];
  /** Whether the engine's own pages carry a checksum, and what turns it on. */
  readonly pageChecksums: Claim & { readonly has: boolean };
  /** A page that a power cut can tear where blocks are overwritten in place, and that the engine does not repair. */
  readonly unrepairedPage?: Claim;
  /** What a snapshot must hold and how it is taken. */
  readonly snapshot: Claim;
  /** How a log on its own filesystem is snapshotted with the data (modules/snapshot). */
  readonly splitSnapshot: Claim & { readonly method: "backup-api" | "fence" | "impossible" };
  readonly settings: readonly SettingRule[];
  /** What is fixed when the data directory is initialised; absent where NixOS takes no such arguments. */
  readonly initArguments?: (context: SettingContext) => readonly InitArgument[];
  /** What no setting can do and the application or its owner must. */
  readonly ownerDuties: readonly Claim[];
  /** Client connections that are planned for where the spec names none, by class. */
  readonly defaultConnections: Readonly<Record<WorkloadClass, number>>;
}
