import type { ComponentId } from "../engines/types.ts";
import type { Compression, Nodesize } from "../layout/layout-choice.ts";
import type { DiskKind } from "../spec/schema.ts";

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
