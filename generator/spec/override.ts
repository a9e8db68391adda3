import * as z from "zod";

/**
 * NixOS writes PostgreSQL's values in quotes, where a backslash is an escape, and MySQL's without, where # starts
 * a comment; neither module escapes them.
 */
const settingText = z
  .string()
  .max(1000)
  .regex(/^[^\p{Cc}\p{Cs}\\#]*$/u, {
    error: "text on one line without \\ and #, which settings files read in ways of their own",
  });

const settingValue = z.union([settingText, z.number(), z.boolean(), z.null()]);

/**
 * The mechanism, for owners who know better than the planner. An override is checked against the invariants
 * like everything else, and the report shows it as one.
 */
export const overrideSchema = z
  .strictObject({
    data: z.enum(["cow", "nocow"]).optional().meta({ description: "Copy-on-write of the data directory." }),
    log: z.enum(["in-place", "nocow", "own-filesystem"]).optional().meta({
      description: "WAL or redo log: with the data, NOCOW in the same subvolume, or on its own XFS.",
    }),
    compression: z
      .enum(["none", "zstd"])
      .optional()
      .meta({ description: "Compression of the data, by property." }),
    acceptNoChecksums: z
      .boolean()
      .optional()
      .meta({ description: "Take on data without any checksum: needed for NOCOW under SQLite." }),
    settings: z
      .record(z.string().regex(/^[a-z][a-z0-9_.-]{0,63}$/, { error: "a setting's name" }), settingValue)
      .optional()
      .meta({ description: "Database settings by name; null leaves the engine's default." }),
  })
  .meta({ description: "Fixes a mechanism by hand; checked against the invariants." });

export const hostOverrideSchema = z
  .strictObject({
    nodesize: z
      .union([z.literal(4096), z.literal(8192), z.literal(16384)])
      .optional()
      .meta({ description: "Btrfs metadata node size in bytes." }),
    checksum: z
      .enum(["crc32c", "xxhash", "sha256", "blake2b"])
      .optional()
      .meta({ description: "Btrfs checksum algorithm." }),
    dataProfile: z
      .enum(["single", "raid0", "raid1", "raid1c3", "raid10"])
      .optional()
      .meta({ description: "Btrfs data profile." }),
    metadataProfile: z
      .enum(["single", "dup", "raid1", "raid1c3", "raid10"])
      .optional()
      .meta({ description: "Btrfs metadata profile." }),
    scrub: z.enum(["weekly", "monthly"]).optional().meta({ description: "How often to scrub." }),
  })
  .meta({ description: "Fixes a filesystem's mechanism by hand; checked against the invariants." });
