import { settingExists } from "../../engines/setting-versions.ts";
import { btrfsDefaults, type LayoutChoice } from "../../layout/layout-choice.ts";
import { type WorkloadClass, workloadClasses } from "../../spec/workload.ts";
import { classProfiles } from "../../spec/workload-profile.ts";
import { parseVersion } from "../../version.ts";
import type { EngineFacts, SettingContext, SettingValue } from "../types.ts";
import { innodbConnections } from "./connections.ts";

/** Situations that the tests of the InnoDB family share. */

export const logNocow: LayoutChoice = {
  data: "cow",
  log: "nocow",
  compression: "none",
  nodesize: 4096,
  logSync: "default",
};

const forClass = (workload: WorkloadClass) => ({
  workload,
  profile: classProfiles[workload],
  connections: innodbConnections[workload],
});

export type Changes = Partial<Omit<SettingContext, "version">> & { readonly version: string };

/** A dedicated OLTP server with 16 GiB, 8 cores and NVMe, but for what is changed. */
export const contextWith = ({ version, ...changes }: Changes): SettingContext => ({
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
  directories: {
    data: "/var/lib/mysql/data",
    log: "/var/lib/mysql/redo",
    binlog: "/var/lib/mysql/binlog",
  },
  pointInTime: false,
  ...changes,
});

export const inDataDirectory = {
  layout: btrfsDefaults,
  directories: { data: "/var/lib/mysql/data", log: null, binlog: null },
} as const satisfies Partial<SettingContext>;

export const nocowData = {
  layout: { ...logNocow, data: "nocow", log: "in-place" },
} as const satisfies Partial<SettingContext>;

export const ownLogFilesystem = {
  layout: { ...logNocow, log: "own-filesystem" },
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
export const manyContexts = (version: string): SettingContext[] =>
  workloadClasses.flatMap((workload) =>
    [
      {},
      inDataDirectory,
      { ...nocowData, kernel: [6, 12] },
      { ...ownLogFilesystem, kernel: [6, 12] },
      tinyServer,
      { ...warehouse, pointInTime: true },
      { memoryGiB: 8, pointInTime: true, ...inDataDirectory },
    ].map((changes) => contextWith({ ...changes, workload, version })),
  );

/** Name and value of every setting that a context gives. */
export const settingsOf = (
  facts: EngineFacts,
  context: SettingContext,
): Readonly<Record<string, SettingValue>> =>
  Object.fromEntries(
    facts.settings
      .filter((rule) => settingExists(rule, context.version))
      .map((rule) => [rule.name, rule.value(context)] as const)
      .filter((entry): entry is [string, SettingValue] => entry[1] !== undefined),
  );
