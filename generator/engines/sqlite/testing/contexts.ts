import { btrfsDefaults } from "../../../layout/layout-choice.ts";
import { type Changes, contextsFrom, settingsOf } from "../../testing/contexts.ts";
import type { SettingContext } from "../../types.ts";
import { sqlite } from "../index.ts";

const contextOf = contextsFrom(sqlite.defaultConnections, {
  kernel: [6, 18],
  memoryGiB: 2,
  cpus: 4,
  prefer: "balanced",
  disk: "nvme",
  layout: btrfsDefaults,
  sizeGiB: 10,
  logFilesystemGiB: null,
  directories: { data: "/srv/app", log: null, binlog: null },
  pointInTime: false,
  cluster: null,
});

/** An application's database with 2 GiB of memory on NVMe, but for what is changed. */
export const contextWith = (changes: Partial<Changes> = {}) => contextOf({ version: "3.53", ...changes });

export const pragmasOf = (context: SettingContext) => settingsOf(sqlite, context);

export const reasonOf = (name: string, context: SettingContext): string =>
  sqlite.settings.find((rule) => rule.name === name)?.reason(context) ?? "";
