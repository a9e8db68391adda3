import { settingExists } from "../../engines/setting-versions.ts";
import type { LayoutChoice } from "../../layout/layout-choice.ts";
import type { WorkloadClass } from "../../spec/workload.ts";
import { classProfiles } from "../../spec/workload-profile.ts";
import { parseVersion } from "../../version.ts";
import type { SettingContext, SettingValue } from "../types.ts";
import { postgresql } from "./index.ts";

/** Situations that the tests of this folder share. */

export const logNocow: LayoutChoice = {
  data: "cow",
  log: "nocow",
  compression: "zstd",
  nodesize: 4096,
  logSync: "open_datasync",
};

const forClass = (workload: WorkloadClass) => ({
  workload,
  profile: classProfiles[workload],
  connections: postgresql.defaultConnections[workload],
});

type Changes = Partial<Omit<SettingContext, "version">> & { readonly version?: string };

/** A dedicated OLTP server with 16 GiB, 8 cores and NVMe, but for what is changed. */
export const contextWith = ({ version = "17", ...changes }: Changes = {}): SettingContext => ({
  version: parseVersion(version),
  kernel: [6, 18],
  memoryGiB: 16,
  cpus: 8,
  ...forClass(changes.workload ?? "oltp"),
  prefer: "balanced",
  disk: "nvme",
  layout: logNocow,
  sizeGiB: 200,
  logFilesystemGiB: null,
  directories: { data: "/var/lib/postgresql/17", log: "/var/lib/postgresql/wal/17", binlog: null },
  pointInTime: false,
  ...changes,
});

export const ownLogFilesystem: Changes = {
  layout: { ...logNocow, log: "own-filesystem", logSync: "default" },
  logFilesystemGiB: 16,
};

export const tinyServer: Changes = {
  memoryGiB: 1,
  cpus: 1,
  disk: "ssd",
  sizeGiB: 5,
  workload: "mixed",
  layout: { ...logNocow, compression: "none", log: "in-place", logSync: "default" },
  directories: { data: "/var/lib/postgresql/17", log: null, binlog: null },
};

export const warehouse: Changes = {
  memoryGiB: 64,
  cpus: 16,
  disk: "hdd",
  sizeGiB: 4000,
  workload: "analytics",
};

/** Name and value of every setting that a context gives. */
export const settingsOf = (context: SettingContext): Readonly<Record<string, SettingValue>> =>
  Object.fromEntries(
    postgresql.settings
      .filter((rule) => settingExists(rule, context.version))
      .map((rule) => [rule.name, rule.value(context)] as const)
      .filter((entry): entry is [string, SettingValue] => entry[1] !== undefined),
  );
