import { btrfsDefaults } from "../../layout/layout-choice.ts";
import { classProfiles } from "../../spec/workload-profile.ts";
import { parseVersion } from "../../version.ts";
import type { SettingContext, SettingValue } from "../types.ts";
import { sqlite } from "./index.ts";

type Changes = Partial<Omit<SettingContext, "version">> & { readonly version?: string };

/** An application's database with 2 GiB of memory on NVMe, but for what is changed. */
export const contextWith = ({ version = "3.53", ...changes }: Changes = {}): SettingContext => {
  const workload = changes.workload ?? "oltp";
  return {
    version: parseVersion(version),
    kernel: [6, 18],
    memoryGiB: 2,
    cpus: 4,
    workload,
    profile: classProfiles[workload],
    connections: sqlite.defaultConnections[workload],
    prefer: "balanced",
    disk: "nvme",
    layout: btrfsDefaults,
    sizeGiB: 10,
    logFilesystemGiB: null,
    directories: { data: "/srv/app", log: null, binlog: null },
    pointInTime: false,
    ...changes,
  };
};

/** Name and value of every pragma that a context gives, in the order of the plan. */
export const pragmasOf = (context: SettingContext): Readonly<Record<string, SettingValue>> =>
  Object.fromEntries(
    sqlite.settings.flatMap((rule) => {
      const value = rule.value(context);
      return value === undefined ? [] : [[rule.name, value]];
    }),
  );

export const reasonOf = (name: string, context: SettingContext): string =>
  sqlite.settings.find((rule) => rule.name === name)?.reason(context) ?? "";
