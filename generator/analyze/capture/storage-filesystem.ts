import * as z from "zod";
import { byteCount } from "./storage-file.ts";

/** Where a component's mount point shows its filesystem. */
export const mountSchema = z.strictObject({
  type: z.string().meta({ description: "btrfs, ext4, xfs …" }),
  device: z.string(),
  mountPoint: z.string(),
  options: z
    .array(z.string())
    .meta({ description: "That are in force (/proc/self/mountinfo), VFS and filesystem." }),
  configuredOptions: z
    .array(z.string())
    .nullable()
    .meta({ description: "That /etc/fstab asks for; null where it does not name this mount." }),
  uuid: z.string().nullable(),
  subvolume: z.string().nullable().meta({ description: "Path of the mounted subvolume; null but on Btrfs." }),
  bytes: byteCount.nullable().meta({ description: "Of the filesystem, as df shows it." }),
  availableBytes: byteCount.nullable().meta({ description: "Free for those who are not root." }),
});

const otherMountSchema = mountSchema.pick({
  mountPoint: true,
  subvolume: true,
  options: true,
  configuredOptions: true,
});

const spaceSchema = z.strictObject({
  bytes: byteCount.meta({ description: "Of all devices." }),
  unallocatedBytes: byteCount.meta({
    description: "In no chunk yet, so that data or metadata can grow by it.",
  }),
  dataBytes: byteCount.meta({ description: "In chunks for data, one copy counted." }),
  dataUsedBytes: byteCount,
  metadataBytes: byteCount.meta({ description: "In chunks for metadata, one copy counted." }),
  metadataUsedBytes: byteCount,
  globalReserveBytes: byteCount.meta({ description: "Of the metadata, kept back for what must not fail." }),
});

const snapshotSchema = z.strictObject({
  path: z.string().meta({ description: "Within the filesystem." }),
  of: z.string().meta({ description: "Path of its origin." }),
  readOnly: z.boolean(),
  at: z.iso.datetime(),
  throughEngine: z.boolean().nullable().meta({
    description: "Whether dbtrfs took it, with the log inside; null where it cannot be reached from here.",
  }),
});

/** A Btrfs filesystem that a component lies on; what needs root is null without it. */
export const filesystemSchema = z.strictObject({
  uuid: z.string(),
  mountPoint: z.string().meta({ description: "One of its mount points." }),
  dataProfiles: z
    .array(z.string())
    .nullable()
    .meta({ description: "single, DUP, RAID1 …; more than one while a balance is due." }),
  metadataProfiles: z.array(z.string()).nullable(),
  devices: z.array(z.string()),
  mounts: z.array(otherMountSchema).meta({ description: "All of its mounts, in the kernel's order." }),
  space: spaceSchema.nullable(),
  snapshots: z
    .array(snapshotSchema)
    .nullable()
    .meta({ description: "Of the subvolumes that hold a component, the oldest first." }),
  unknown: z.record(z.string(), z.string()),
});

export type StorageMount = z.infer<typeof mountSchema>;
export type OtherMount = z.infer<typeof otherMountSchema>;
export type StorageSpace = z.infer<typeof spaceSchema>;
export type StorageSnapshot = z.infer<typeof snapshotSchema>;
export type StorageFilesystem = z.infer<typeof filesystemSchema>;
