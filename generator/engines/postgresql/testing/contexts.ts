import type { LayoutChoice } from "../../../layout/layout-choice.ts";
import { type Changes, contextsFrom, settingsOf as ofEngine } from "../../testing/contexts.ts";
import type { SettingContext } from "../../types.ts";
import { postgresql } from "../index.ts";

export const logNoCow: LayoutChoice = {
  data: "cow",
  log: "nocow",
  compression: "zstd",
  nodesize: 4096,
  logSync: "open_datasync",
};

const contextOf = contextsFrom(postgresql.defaultConnections, {
  kernel: [6, 18],
  memoryGiB: 16,
  cpus: 8,
  prefer: "balanced",
  disk: "nvme",
  layout: logNoCow,
  sizeGiB: 200,
  logFilesystemGiB: null,
  directories: { data: "/var/lib/postgresql/17", log: "/var/lib/postgresql/wal/17", binlog: null },
  pointInTime: false,
  cluster: null,
});

/** A dedicated OLTP server with 16 GiB, 8 cores and NVMe, but for what is changed. */
export const contextWith = (changes: Partial<Changes> = {}) => contextOf({ version: "17", ...changes });

export const ownLogFilesystem: Partial<Changes> = {
  layout: { ...logNoCow, log: "own-filesystem", logSync: "default" },
  logFilesystemGiB: 16,
};

export const tinyServer: Partial<Changes> = {
  memoryGiB: 1,
  cpus: 1,
  disk: "ssd",
  sizeGiB: 5,
  workload: "mixed",
  layout: { ...logNoCow, compression: "none", log: "in-place", logSync: "default" },
  directories: { data: "/var/lib/postgresql/17", log: null, binlog: null },
};

export const warehouse: Partial<Changes> = {
  memoryGiB: 64,
  cpus: 16,
  disk: "hdd",
  sizeGiB: 4000,
  workload: "analytics",
};

export const settingsOf = (context: SettingContext) => ofEngine(postgresql, context);
