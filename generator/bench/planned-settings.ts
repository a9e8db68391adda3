import { availableParallelism, release } from "node:os";
import { factsOf } from "../engines/index.ts";
import { settingExists } from "../engines/setting-versions.ts";
import type { SettingGroup, SettingValue } from "../engines/types.ts";
import { btrfsDefaults } from "../layout/layout-choice.ts";
import type { Engine } from "../spec/schema.ts";
import { classProfiles } from "../spec/workload-profile.ts";
import { parseVersion } from "../version.ts";
import type { Place } from "./server.ts";

/** What the layout has a say in. Memory, parallelism and the like are the batch's, the same for every candidate. */
const groups: readonly SettingGroup[] = ["durability", "log", "storage"];

/** Sizes that a window of seconds would never reach: the batch scales them down, so that checkpoints run in it. */
const scaled = [
  "checkpoint_timeout",
  "max_wal_size",
  "min_wal_size",
  "innodb_log_file_size",
  "innodb_redo_log_capacity",
];

export interface Directories {
  readonly data: string;
  readonly log: string | null;
  readonly binlog: string | null;
}

/**
 * The settings that the planner would give a server on this candidate's layout: so that what is measured is
 * what a plan does. A filesystem other than Btrfs gets what plain Btrfs gets.
 */
export const plannedSettings = (
  engine: Engine,
  version: string,
  { candidate, load, cacheMiB }: Place,
  directories: Directories,
): Readonly<Record<string, SettingValue>> => {
  const context = {
    version: parseVersion(version),
    kernel: parseVersion(/^\d+\.\d+/.exec(release())?.[0] ?? "0"),
    memoryGiB: (4 * cacheMiB) / 1024,
    cpus: availableParallelism(),
    connections: load.clients + 10,
    profile: classProfiles[load.workload],
    workload: load.workload,
    prefer: "balanced",
    disk: "ssd",
    layout: candidate.layout ?? btrfsDefaults,
    sizeGiB: 1,
    logFilesystemGiB: candidate.layout?.log === "own-filesystem" ? 4 : null,
    directories,
    pointInTime: false,
    cluster: null,
  } as const;
  const rules = factsOf(engine).settings.filter(
    (rule) =>
      groups.includes(rule.group) && !scaled.includes(rule.name) && settingExists(rule, context.version),
  );
  const given = rules.map((rule) => [rule.name, rule.value(context)] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, SettingValue] => entry[1] !== undefined));
};
