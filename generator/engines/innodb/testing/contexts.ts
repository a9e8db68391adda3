import { btrfsDefaults, type LayoutChoice } from "../../../layout/layout-choice.ts";
import { workloadClasses } from "../../../spec/workload.ts";
import { clusterOf } from "../../testing/clusters.ts";
import { contextsFrom } from "../../testing/contexts.ts";
import type { SettingContext } from "../../types.ts";
import { innodbConnections } from "../connections.ts";

export const logNoCow: LayoutChoice = {
  data: "cow",
  log: "nocow",
  compression: "none",
  nodesize: 4096,
  logSync: "default",
};

/** A dedicated OLTP server with 16 GiB, 8 cores and NVMe, but for what is changed. */
export const contextWith = contextsFrom(innodbConnections, {
  kernel: [6, 18],
  memoryGiB: 16,
  cpus: 8,
  prefer: "balanced",
  disk: "nvme",
  layout: logNoCow,
  sizeGiB: 200,
  logFilesystemGiB: null,
  directories: {
    data: "/var/lib/mysql/data",
    log: "/var/lib/mysql/redo",
    binlog: "/var/lib/mysql/binlog",
  },
  pointInTime: false,
  cluster: null,
});

export const inDataDirectory = {
  layout: btrfsDefaults,
  directories: { data: "/var/lib/mysql/data", log: null, binlog: null },
} as const satisfies Partial<SettingContext>;

export const noCowData = {
  layout: { ...logNoCow, data: "nocow", log: "in-place" },
} as const satisfies Partial<SettingContext>;

export const ownLogFilesystem = {
  layout: { ...logNoCow, log: "own-filesystem" },
  logFilesystemGiB: 4,
} as const satisfies Partial<SettingContext>;

export const tinyServer = {
  memoryGiB: 0.5,
  cpus: 1,
  disk: "ssd",
  sizeGiB: 2,
  workload: "mixed",
} as const satisfies Partial<SettingContext>;

export const warehouse = {
  memoryGiB: 64,
  cpus: 16,
  disk: "hdd",
  sizeGiB: 4000,
  workload: "analytics",
} as const satisfies Partial<SettingContext>;

/** Contexts that between them reach every rule. */
export const manyContexts = (version: string, galera = false): SettingContext[] =>
  workloadClasses.flatMap((workload) =>
    [
      {},
      inDataDirectory,
      { ...noCowData, kernel: [6, 12] },
      { ...ownLogFilesystem, kernel: [6, 12] },
      tinyServer,
      { ...warehouse, pointInTime: true },
      { memoryGiB: 8, pointInTime: true, ...inDataDirectory },
      { cluster: clusterOf("gtid"), ...ownLogFilesystem },
      { cluster: clusterOf("gtid", "db-2") },
      { cluster: clusterOf("gtid", "db-2", false) },
      ...(galera ? [{ cluster: clusterOf("galera"), ...inDataDirectory }] : []),
    ].map((changes) => contextWith({ ...changes, workload, version })),
  );
