import * as z from "zod";
import { clusterSchema } from "./cluster.ts";
import { hostOverrideSchema, overrideSchema } from "./override.ts";
import {
  accountName,
  backupTarget,
  databaseName,
  devicePath,
  directoryPath,
  duration,
  hostName,
  nixAttribute,
  notes,
  retention,
  unitName,
} from "./text.ts";
import { workloadSchema } from "./workload.ts";

export const diskKinds = ["nvme", "ssd", "hdd"] as const;
export const redundancies = ["none", "mirror", "mirror3", "striped-mirror"] as const;
export const preferences = ["balanced", "integrity", "latency", "throughput", "space"] as const;
export const snapshotIntervals = [
  "5min",
  "10min",
  "15min",
  "20min",
  "30min",
  "1h",
  "2h",
  "3h",
  "4h",
  "6h",
  "12h",
  "1d",
  "1w",
] as const;

const gibibytes = (description: string) => z.number().positive().max(1_000_000).meta({ description });

const disk = z.strictObject({
  device: devicePath,
  kind: z.enum(diskKinds).meta({ description: "nvme, ssd (SATA, SAS or virtual) or hdd (spinning)." }),
  sizeGiB: gibibytes("Usable size in GiB (2^30 bytes)."),
});

const luks = z.strictObject({
  passwordFile: directoryPath
    .optional()
    .meta({ description: "File with the passphrase while the disks are formatted; without it disko asks." }),
});

const system = z
  .strictObject({
    nixos: z
      .string()
      .regex(/^\d\d\.(05|11)$/, { error: "a NixOS release such as 26.05" })
      .default("26.05")
      .meta({
        description: "NixOS release; decides the default kernel and which versions of the engines exist.",
      }),
    kernel: z
      .string()
      .regex(/^\d+\.\d+$/, { error: "a kernel series such as 6.18" })
      .optional()
      .meta({ description: "Kernel series if not the release's default." }),
    root: z.enum(["here", "elsewhere"]).default("here").meta({
      description: "here: these disks also carry the system (bootable layout); elsewhere: data disks only.",
    }),
    boot: z
      .enum(["uefi", "bios"])
      .default("uefi")
      .meta({ description: "Firmware; only where root is here." }),
    swapGiB: z.number().min(0).max(1024).default(0).meta({ description: "Swap partition, 0 for none." }),
    luks: z.union([z.boolean(), luks]).default(false).meta({ description: "Encrypt the disks with LUKS." }),
  })
  .prefault({})
  .meta({ description: "The machine around the databases." });

const snapshots = z
  .union([
    z.literal(false),
    z.strictObject({
      every: z.enum(snapshotIntervals).optional().meta({ description: "Time between snapshots." }),
      keep: retention.optional(),
    }),
  ])
  .meta({ description: "Local snapshots; left out, the plan chooses; false for none." });

const backup = z
  .strictObject({
    target: backupTarget,
    recoveryPointObjective: duration
      .default("1d")
      .meta({ description: "How much time's worth of data a disaster may cost." }),
    recoveryTimeObjective: duration.default("4h").meta({ description: "How long a restore may take." }),
    pointInTime: z
      .boolean()
      .default(false)
      .meta({ description: "Restore to any moment, not just to a backup." }),
  })
  .meta({ description: "Backups that leave the machine." });

const common = {
  name: databaseName,
  sizeGiB: gibibytes("Size of the data today, in GiB."),
  growthGiBPerMonth: z
    .number()
    .min(0)
    .max(100_000)
    .default(0)
    .meta({ description: "Growth in GiB a month; a year of it is planned for." }),
  workload: workloadSchema.default("mixed"),
  prefer: z.enum(preferences).default("balanced").meta({ description: "What matters most to the owner." }),
  memoryGiB: z
    .number()
    .min(0.125)
    .max(1_000_000)
    .optional()
    .meta({ description: "Memory for this database; left out, the servers share the host's." }),
  connections: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({ description: "Most client connections at once." }),
  snapshots: snapshots.optional(),
  backup: backup.optional(),
  clones: z
    .boolean()
    .default(false)
    .meta({ description: "Whether writable clones are made of it, for development and tests." }),
  notes: notes.optional(),
  override: overrideSchema.optional(),
};

const server = <Engine extends string>(engine: Engine, version: z.ZodType<string>) =>
  z.strictObject({
    engine: z.literal(engine),
    version,
    package: nixAttribute.optional().meta({
      description:
        "Attribute of the server's package in pkgs, where it is not the version's own (an overlay of yours).",
    }),
    ...common,
    cluster: clusterSchema.optional(),
  });

const release = (example: string) =>
  z
    .string()
    .regex(/^\d+(\.\d+){0,2}$/, { error: `a version such as ${example}` })
    .meta({ description: `Version, such as ${example}; with the minor release where you pin one.` });

const databaseSchema = z.discriminatedUnion("engine", [
  server("postgresql", release("17")),
  server("mysql", release("8.4")),
  server("mariadb", release("11.8")),
  z.strictObject({
    engine: z.literal("sqlite"),
    version: release("3.50").optional(),
    ...common,
    directory: directoryPath.meta({
      description: "Directory that holds the database files; becomes a subvolume.",
    }),
    user: accountName.meta({ description: "Unix user that owns the files." }),
    group: accountName.optional().meta({ description: "Unix group; the user's name if left out." }),
    units: z
      .array(unitName)
      .default([])
      .meta({ description: "Services of the application; they wait for the storage." }),
    databases: z
      .int()
      .min(1)
      .default(1)
      .meta({ description: "How many database files the directory holds." }),
  }),
]);

export const specSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "For editors: the JSON Schema of this file." }),
    host: hostName,
    memoryGiB: gibibytes("Memory of the host in GiB."),
    cpus: z
      .int()
      .min(1)
      .max(4096)
      .optional()
      .meta({ description: "Cores; left out, parallelism stays at the engines' defaults." }),
    system,
    disks: z
      .array(disk)
      .min(1)
      .max(99)
      .meta({ description: "The disks that the plan may use. They are formatted." }),
    redundancy: z.enum(redundancies).default("none").meta({
      description: "none; mirror (2 copies); mirror3 (3 copies); striped-mirror (2 copies, striped).",
    }),
    databases: z.array(databaseSchema).min(1).max(100).meta({ description: "What runs on this host." }),
    notes: notes.optional(),
    override: hostOverrideSchema.optional(),
  })
  .meta({
    title: "dbtrfs spec",
    description: "One host and the databases on it: facts and wishes, never mechanisms.",
  });

export type Spec = z.infer<typeof specSchema>;
export type SpecInput = z.input<typeof specSchema>;
export type Database = Spec["databases"][number];
export type Engine = Database["engine"];
export type Disk = Spec["disks"][number];
export type DiskKind = Disk["kind"];
export type Preference = Database["prefer"];
export type SnapshotInterval = (typeof snapshotIntervals)[number];
export type Redundancy = Spec["redundancy"];
