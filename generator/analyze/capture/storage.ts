import * as z from "zod";
import type { ComponentId } from "../../engines/types.ts";
import { diskKinds } from "../../spec/schema.ts";
import {
  byteCount,
  compressibilitySchema,
  compressionProperty,
  directorySchema,
  fileAttributes,
  fileSchema,
  nestedSchema,
} from "./storage-file.ts";
import { filesystemSchema, mountSchema } from "./storage-filesystem.ts";

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
  subvolume: z
    .string()
    .nullable()
    .meta({ description: "Path of the subvolume that holds it, within the filesystem; null but on Btrfs." }),
  deviceKind: z.enum(diskKinds).nullable().meta({ description: "The slowest disk below it." }),
  attributes: fileAttributes,
  compressionProperty,
  bytes: byteCount.nullable().meta({ description: "Sizes of its files, added." }),
  sampledFiles: z
    .array(fileSchema)
    .meta({ description: "The largest, the newest and some between, by their path." }),
  directories: z
    .array(directorySchema)
    .meta({ description: "That hold those files: new ones take their flags from them." }),
  nested: z.array(nestedSchema).meta({
    description: "Subvolumes and mounts inside it, which a snapshot of it shows as empty directories.",
  }),
  compressibility: compressibilitySchema
    .nullable()
    .meta({ description: "Of random pieces of all of its files; data and tablespaces alone." }),
  unknown: z
    .record(z.string(), z.string())
    .meta({ description: "Why a field above is null or empty though there is something to know." }),
});

export const storageSchema = z.strictObject({
  components: z.array(componentSchema),
  filesystems: z.array(filesystemSchema),
});

export type Storage = z.infer<typeof storageSchema>;
export type StorageComponent = z.infer<typeof componentSchema>;

export type {
  Compressibility,
  StorageDirectory,
  StorageExtents,
  StorageFile,
  StorageNested,
} from "./storage-file.ts";
export type {
  OtherMount,
  StorageFilesystem,
  StorageMount,
  StorageSnapshot,
  StorageSpace,
} from "./storage-filesystem.ts";

/** What a server says of its own storage, before anything was looked at. */
export type StoragePlace = Pick<StorageComponent, "role" | "name" | "path">;
