import * as z from "zod";
import { compressions, dataCows, logPlaces, logSyncs } from "../layout/layout-choice.ts";
import { diskKinds } from "../spec/schema.ts";
import { workloadClasses } from "../spec/workload.ts";

/** Nought is what a failed run leaves, and would win or lose every comparison. */
const positive = z.number().positive();

/** A measured number: the value, or the range over repeated runs. */
const measured = z.union([positive, z.strictObject({ low: positive, high: positive })]);

/** Every metric is comparable only within one batch: the same machine, the same load, side by side. */
const metricsSchema = z.strictObject({
  transactionsPerSecond: measured.optional(),
  latencyP50Milliseconds: measured.optional(),
  latencyP95Milliseconds: measured.optional(),
  latencyP99Milliseconds: measured.optional(),
  latencyMaxMilliseconds: measured.optional().meta({
    description: "The transaction that waited longest: with snapshots, how long one holds others up.",
  }),
  cpuMillisecondsPerTransaction: measured
    .optional()
    .meta({ description: "Processor time of the server, per transaction." }),
  bytesPerTransaction: measured
    .optional()
    .meta({ description: "Bytes that the device was asked to write, per transaction." }),
  flushesPerTransaction: measured.optional().meta({
    description:
      "Flushes of its write cache that the device was asked for, per transaction: what one costs on a drive, so often do commits wait for it. Clients that commit together share one.",
  }),
  extents: measured.optional().meta({ description: "Extents of the biggest table's or database's file." }),
  scanMiBPerSecond: measured.optional().meta({ description: "Cold sequential read of the largest files." }),
  spaceGiB: measured.optional().meta({ description: "Used on the filesystem, its own metadata included." }),
  dataGiB: measured
    .optional()
    .meta({ description: "Used on the filesystem once the logs are removed, whose size a setting bounds." }),
  spaceShare: measured
    .optional()
    .meta({ description: "Used on the filesystem for each byte of the data's files, logs left out." }),
  logicalGiB: measured.optional().meta({ description: "Sizes of the database's files, added." }),
  snapshotMilliseconds: measured.optional().meta({ description: "Making a snapshot under load." }),
  recoverySeconds: measured
    .optional()
    .meta({ description: "From the start of a server that was killed under load until it answers." }),
  writtenMiB: measured
    .optional()
    .meta({ description: "Bytes that the device was asked to write in the whole run." }),
});

const batch = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  date: z.iso
    .date()
    .nullable()
    .meta({ description: "Day of the measurement, YYYY-MM-DD; null where it was not recorded." }),
  engine: z.enum(["postgresql", "mysql", "mariadb", "sqlite"]),
  engineVersion: z.string(),
  kernel: z.string(),
  cpus: z.int(),
  device: z.string(),
  deviceKind: z.enum([...diskKinds, "loop"]),
  workload: z.enum(workloadClasses),
  load: z.string().meta({ description: "What ran: tool, scale, clients, seconds, server settings." }),
  data: z.enum(["smaller-than-memory", "larger-than-memory"]),
  snapshotSeconds: z
    .number()
    .positive()
    .nullable()
    .meta({ description: "Seconds between snapshots; null for none." }),
  noisePercent: z.number().min(0).meta({
    description:
      "Percent that the rates of two equal layouts differ by at most in 95 of 100 comparisons; 0 where that is not known.",
  }),
  representative: z.boolean().default(true).meta({
    description: "Whether the server ran with the settings that the planner gives; only such batches decide.",
  }),
  reproduce: z.string().meta({ description: "Command that runs it again, or how it was run." }),
});

const row = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  batch: z.string(),
  title: z.string(),
  filesystem: z.enum(["btrfs", "xfs", "ext4"]),
  layout: z
    .strictObject({
      data: z.enum(dataCows),
      log: z.enum(logPlaces),
      compression: z.enum(compressions),
      nodesize: z.union([z.literal(4096), z.literal(8192), z.literal(16384)]),
      logSync: z.enum(logSyncs),
    })
    .nullable()
    .meta({ description: "For Btrfs; null for another filesystem." }),
  /** Whatever else differed from the batch: settings, mkfs options. A row with any is no candidate of the planner. */
  variation: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  metrics: metricsSchema,
  note: z.string().optional(),
});

export const evidenceSchema = z.strictObject({
  $schema: z.string().optional(),
  evidenceVersion: z.literal(1),
  title: z.string(),
  notes: z
    .array(z.string())
    .optional()
    .meta({ description: "What else a reader must know: what was left out, and why." }),
  batches: z.array(batch),
  rows: z.array(row),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type Batch = Evidence["batches"][number];
export type EvidenceRow = Evidence["rows"][number];
export type Metrics = z.infer<typeof metricsSchema>;
export type Metric = keyof Metrics;
export type Measured = z.infer<typeof measured>;
