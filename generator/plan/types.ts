import type { ComponentId, SettingGroup, SettingValue } from "../engines/types.ts";
import type { Compression, LayoutChoice, Nodesize } from "../layout/layout-choice.ts";
import type { Confidence, Source } from "../sources/types.ts";
import type { ClusterKind } from "../spec/cluster.ts";
import type { ClusterRole } from "../spec/cluster-roles.ts";
import type { DiskKind, Engine, Preference, Redundancy, SnapshotInterval, Spec } from "../spec/schema.ts";
import type { Profile, WorkloadClass } from "../spec/workload.ts";

/** Everything that the generated files say, and why. Written to plan.json as it is. */
export interface Plan {
  /** Marks the file as ours; first key, so that the mark is in the first lines. */
  readonly generator: string;
  readonly planVersion: 1;
  readonly host: string;
  readonly notes: string | null;
  readonly system: PlannedSystem;
  readonly redundancy: Redundancy;
  readonly disks: readonly PlannedDisk[];
  readonly filesystems: readonly BtrfsFilesystem[];
  readonly logFilesystems: readonly LogFilesystem[];
  readonly databases: readonly PlannedDatabase[];
  readonly scrub: { readonly interval: "weekly" | "monthly"; readonly mountPoints: readonly string[] };
  /** What clones may take of the host; null where there are none. */
  readonly clones: PlannedClones | null;
  /** What the owner must know before using this plan. */
  readonly warnings: readonly string[];
  readonly decisions: readonly Decision[];
}

export interface PlannedSystem {
  readonly nixos: string;
  /** Kernel series, such as "6.18". */
  readonly kernel: string;
  readonly root: Spec["system"]["root"];
  readonly bootloader: "systemd-boot" | "grub-efi" | "grub-bios" | null;
  readonly bootMountPoints: readonly string[];
  readonly memoryGiB: number;
  readonly cpus: number | null;
  readonly luks: boolean;
  /** File with the LUKS passphrase while formatting; null where disko asks. */
  readonly passwordFile: string | null;
  readonly swapGiB: number;
  readonly initrdModules: readonly string[];
}

export interface PlannedDisk {
  /** Attribute name in disko: disk1, disk2 … in the spec's order, so that the last of a filesystem comes last. */
  readonly id: string;
  readonly device: string;
  readonly kind: DiskKind;
  readonly sizeGiB: number;
  readonly partitions: readonly Partition[];
  /** Why nothing lies on it; null where something does. */
  readonly unused: string | null;
}

export interface Partition {
  readonly name: string;
  /** GPT label: what the running system finds the partition by. */
  readonly label: string;
  /** GiB, or null for what is left. */
  readonly sizeGiB: number | null;
  readonly content: PartitionContent;
  /** Name of the LUKS container around the content, null for none. */
  readonly luks: string | null;
}

export type PartitionContent =
  | { readonly use: "bios" }
  | { readonly use: "boot"; readonly format: "vfat" | "ext4"; readonly mountPoint: string }
  | { readonly use: "swap" }
  | { readonly use: "log"; readonly filesystem: string }
  | { readonly use: "btrfs"; readonly filesystem: string };

/** A Btrfs filesystem over one or more partitions; mkfs options and mount options belong to it as a whole. */
export interface BtrfsFilesystem {
  readonly id: string;
  readonly label: string;
  /** Device nodes in the order of the disks, as mkfs sees them. */
  readonly devices: readonly string[];
  readonly nodesize: Nodesize;
  readonly checksum: "crc32c" | "xxhash" | "sha256" | "blake2b";
  readonly dataProfile: DataProfile;
  readonly metadataProfile: MetadataProfile;
  /** Filesystem-wide mount options: the same on every subvolume, or the first mount would win (invariant 1). */
  readonly mountOptions: readonly string[];
  readonly subvolumes: readonly Subvolume[];
  /** Where the snapshots of its databases are mounted; null where none are taken. */
  readonly snapshotDirectory: string | null;
}

export type DataProfile = "single" | "raid0" | "raid1" | "raid1c3" | "raid10";
export type MetadataProfile = "single" | "dup" | "raid1" | "raid1c3" | "raid10";

export interface Subvolume {
  readonly name: string;
  readonly mountPoint: string;
  /** Options of this mount alone: VFS options (noatime, nodev, nosuid …). */
  readonly mountOptions: readonly string[];
  readonly purpose: string;
  readonly database: string | null;
}

/** The small XFS that a log lies on. */
export interface LogFilesystem {
  readonly id: string;
  readonly label: string;
  readonly device: string;
  readonly mountPoint: string;
  readonly mountOptions: readonly string[];
  readonly sizeGiB: number;
  readonly database: string;
}

export interface Directory {
  readonly path: string;
  readonly component: ComponentId | "subvolume";
  readonly filesystem: "btrfs" | "xfs";
  readonly noCow: boolean;
  /** Compression property; null where none is set. */
  readonly compression: Exclude<Compression, "none"> | null;
  readonly user: string;
  readonly group: string;
  readonly mode: string;
}

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

export interface PlannedClones {
  /** At once. */
  readonly most: number;
  /** Of each clone's server. */
  readonly memoryMiB: number;
  /** That each may write. */
  readonly spaceGiB: number;
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

export interface Expectation {
  readonly metric: string;
  readonly title: string;
  readonly better: "higher" | "lower";
  readonly againstBtrfsDefaults: Estimate | null;
  readonly againstXfs: Estimate | null;
}

/** A ratio, how it came about, and the evidence rows behind it. */
export interface Estimate {
  readonly ratio: number;
  readonly confidence: Confidence;
  readonly rows: readonly string[];
}

/** Why a value is what it is. */
export interface Decision {
  readonly id: string;
  readonly title: string;
  /** JSON pointer into the plan: what this decision set. */
  readonly pointer: string;
  readonly value: unknown;
  readonly reason: string;
  readonly candidates: readonly Candidate[];
  /** Evidence rows, by id. */
  readonly evidence: readonly string[];
  readonly sources: readonly Source[];
  readonly confidence: Confidence;
  readonly overridden: boolean;
}

export interface Candidate {
  readonly value: unknown;
  readonly chosen: boolean;
  /** Sum of the weighted criteria; null where it was not scored. */
  readonly score: number | null;
  /** What each criterion contributed to the score. */
  readonly criteria: Readonly<Record<string, number>>;
  /** The constraint that dropped it; null where none did. */
  readonly dropped: { readonly constraint: string; readonly reason: string } | null;
  /** Of a layout: what becomes of one flipped bit in a table; null where that is not known. */
  readonly flippedBit: FlippedBit | null;
}

export interface FlippedBit {
  readonly text: string;
  readonly confidence: Confidence;
}
