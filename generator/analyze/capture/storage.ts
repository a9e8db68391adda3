import * as z from "zod";
import type { ComponentId } from "../../engines/types.ts";
import { diskKinds } from "../../spec/schema.ts";

export type StorageRole = ComponentId | "tablespace";

/** The roles of engines/types.ts, and tablespaces, which an engine may have any number of. */
export const storageRoles = [
  "data",
  "log",
  "undo",
  "doublewrite",
  "binlog",
  "temp",
  "tablespace",
  "journal",
  "shared-memory",
  "archive",
] as const satisfies readonly StorageRole[];

const bytes = z.number().min(0);

/** As lsattr(1) prints them: C is NOCOW, c compressed, m never compressed. */
const attributes = z
  .string()
  .nullable()
  .meta({ description: "Letters of lsattr; null where it was refused." });

const compressionProperty = z
  .string()
  .nullable()
  .meta({ description: "btrfs property compression; empty where it is not set, null where it is unknown." });

/** FIEMAP, summed: filefrag -v prints it. */
const extentsSchema = z.strictObject({
  count: z.int().min(0),
  bytes,
  compressedBytes: bytes.meta({ description: "Of the bytes, in extents flagged encoded." }),
  sharedBytes: bytes.meta({ description: "Of the bytes, in extents that snapshots or reflinks hold too." }),
  preallocatedBytes: bytes.meta({ description: "Of the bytes, allocated and not yet written." }),
});

const fileSchema = z.strictObject({
  path: z.string(),
  bytes,
  attributes,
  compressionProperty,
  extents: extentsSchema.nullable(),
});

/** Where a component's mount point shows its filesystem. */
const mountSchema = z.strictObject({
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
});

const compressibilitySchema = z.strictObject({
  sampledBytes: z.number().positive(),
  storedBytes: z.number().positive().meta({
    description:
      "What Btrfs would store of them: each 128 KiB unit through zstd, rounded up to 4 KiB, plain where that saves nothing.",
  }),
  files: z.int().min(1),
});

/** A group of files that the server writes in one way, and what was seen of it. */
const componentSchema = z.strictObject({
  role: z.enum(storageRoles),
  name: z
    .string()
    .nullable()
    .meta({ description: "Of a tablespace or a database file; null where there is one." }),
  path: z.string().meta({ description: "As the server names it, symbolic links included." }),
  realPath: z.string().nullable(),
  mount: mountSchema.nullable(),
  deviceKind: z.enum(diskKinds).nullable().meta({ description: "The slowest disk below it." }),
  attributes,
  compressionProperty,
  bytes: bytes.nullable().meta({ description: "Sizes of its files, added." }),
  largestFiles: z.array(fileSchema),
  compressibility: compressibilitySchema.nullable(),
  unknown: z
    .record(z.string(), z.string())
    .meta({ description: "Why a field above is null or empty though there is something to know." }),
});

/** A Btrfs filesystem that a component lies on; what needs root is null without it. */
const filesystemSchema = z.strictObject({
  uuid: z.string(),
  mountPoint: z.string().meta({ description: "One of its mount points." }),
  dataProfiles: z
    .array(z.string())
    .nullable()
    .meta({ description: "single, DUP, RAID1 …; more than one while a balance is due." }),
  metadataProfiles: z.array(z.string()).nullable(),
  devices: z.array(z.string()),
  snapshots: z
    .array(
      z.strictObject({
        path: z.string(),
        of: z.string().nullable().meta({ description: "Path of its origin; null where that is gone." }),
        readOnly: z.boolean(),
        at: z.string().nullable(),
      }),
    )
    .nullable()
    .meta({ description: "Of the subvolumes that hold a component." }),
  unknown: z.record(z.string(), z.string()),
});

export const storageSchema = z.strictObject({
  components: z.array(componentSchema),
  filesystems: z.array(filesystemSchema),
});

export type Storage = z.infer<typeof storageSchema>;
export type StorageComponent = z.infer<typeof componentSchema>;
export type StorageFile = z.infer<typeof fileSchema>;
export type StorageMount = z.infer<typeof mountSchema>;
export type StorageFilesystem = z.infer<typeof filesystemSchema>;
export type Compressibility = z.infer<typeof compressibilitySchema>;

/** What a server says of its own storage, before anything was looked at. */
export type StoragePlace = Pick<StorageComponent, "role" | "name" | "path">;
