import * as z from "zod";
import { profilePath } from "./text.ts";

export const workloadClasses = ["oltp", "append", "analytics", "read-mostly", "queue", "mixed"] as const;
export type WorkloadClass = (typeof workloadClasses)[number];

const share = (description: string) => z.number().min(0).max(1).meta({ description });

/** What the planner knows of a workload: measured by its owner; a class name stands for a typical one. */
export const profileSchema = z
  .strictObject({
    class: z
      .enum(workloadClasses)
      .optional()
      .meta({ description: "The class that the measurement came closest to." }),
    writeShare: share("Share of the statements that write, 0 to 1."),
    updateShare: share("Share of the written rows that existed before (updates and deletes), 0 to 1."),
    scanShare: share("Share of the bytes read that come from sequential scans, 0 to 1."),
    commitsPerSecond: z.number().min(0).optional().meta({ description: "Durable commits per second, mean." }),
    logMiBPerSecond: z.number().min(0).optional().meta({ description: "WAL or redo written, MiB/s, mean." }),
    workingSetGiB: z
      .number()
      .positive()
      .optional()
      .meta({ description: "The part of the data that is touched in an hour." }),
    compressedShare: z.number().positive().max(1).optional().meta({
      description: "Size after zstd in 128 KiB units as Btrfs would store it, as a share of the plain size.",
    }),
  })
  .meta({ description: "A workload profile, measured on the running database." });

export type Profile = z.infer<typeof profileSchema>;

export const workloadSchema = z
  .union([
    z.enum(workloadClasses),
    profileSchema,
    z.strictObject({
      profile: profilePath,
    }),
  ])
  .meta({
    description:
      "What the database does: oltp (small transactions, random updates), append (inserts in time order), analytics (bulk loads, large scans), read-mostly, queue (rows inserted, updated and deleted soon), mixed; or a measured profile.",
  });
