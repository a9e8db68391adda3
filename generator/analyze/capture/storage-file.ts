import * as z from "zod";

export const byteCount = z.number().min(0);

/** As lsattr(1) prints them: C is NOCOW, c compressed, m never compressed. */
export const fileAttributes = z
  .string()
  .nullable()
  .meta({ description: "Letters of lsattr; null where it was refused." });

export const compressionProperty = z
  .string()
  .nullable()
  .meta({ description: "btrfs property compression; empty where it is not set, null where it is unknown." });

/** FIEMAP, summed: filefrag -v prints it. */
const extentsSchema = z.strictObject({
  count: z.int().min(0),
  bytes: byteCount,
  compressedBytes: byteCount.meta({ description: "Of the bytes, in extents flagged encoded." }),
  sharedBytes: byteCount.meta({
    description: "Of the bytes, in extents that snapshots or reflinks hold too.",
  }),
  preallocatedBytes: byteCount.meta({ description: "Of the bytes, allocated and not yet written." }),
  complete: z.boolean().meta({ description: "Whether all of the file was looked at in the time there was." }),
});

export const compressibilitySchema = z.strictObject({
  sampledBytes: z.number().positive(),
  storedBytes: z.number().positive().meta({
    description:
      "What Btrfs would store of them: each 128 KiB unit through zstd, rounded up to 4 KiB, plain where that saves nothing.",
  }),
  files: z.int().min(1),
});

export const fileSchema = z.strictObject({
  path: z.string(),
  bytes: byteCount,
  attributes: fileAttributes,
  compressionProperty,
  extents: extentsSchema.nullable(),
  compressibility: compressibilitySchema
    .nullable()
    .meta({ description: "Of a file that Btrfs is asked to compress, and does not." }),
});

export const directorySchema = z.strictObject({
  path: z.string(),
  attributes: fileAttributes,
  compressionProperty,
});

export const nestedSchema = z.strictObject({
  path: z.string(),
  kind: z.enum(["subvolume", "mount"]),
  attributes: fileAttributes,
});

export type StorageExtents = z.infer<typeof extentsSchema>;
export type Compressibility = z.infer<typeof compressibilitySchema>;
export type StorageFile = z.infer<typeof fileSchema>;
export type StorageDirectory = z.infer<typeof directorySchema>;
export type StorageNested = z.infer<typeof nestedSchema>;
