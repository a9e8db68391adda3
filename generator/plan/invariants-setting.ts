import { factsOf } from "../engines/index.ts";
import { settingExists } from "../engines/setting-versions.ts";
import { parseVersion } from "../version.ts";
import type { Invariant, Violation } from "./invariants.ts";
import { isOff, settingOf } from "./setting-value.ts";
import type { Plan, PlannedDatabase, PlannedSetting } from "./types.ts";

const everySetting =
  (test: (setting: PlannedSetting, database: PlannedDatabase) => string | null) =>
  (plan: Plan): Violation[] =>
    plan.databases.flatMap((database, d) =>
      database.settings.flatMap((setting, s) => {
        const found = test(setting, database);
        return found === null ? [] : [{ pointer: `/databases/${d}/settings/${s}`, found }];
      }),
    );

/** The switches that protect against torn pages, by engine. */
const tornPageSwitches: Readonly<Record<PlannedDatabase["engine"], readonly string[]>> = {
  postgresql: ["full_page_writes", "fsync"],
  mysql: ["innodb_doublewrite"],
  mariadb: ["innodb_doublewrite"],
  sqlite: ["journal_mode", "synchronous"],
};

const torn = (setting: PlannedSetting, database: PlannedDatabase): boolean =>
  tornPageSwitches[database.engine].includes(setting.name) &&
  (isOff(setting.value) || ["memory", "detect_only"].includes(String(setting.value).toLowerCase()));

export const settingInvariants: readonly Invariant[] = [
  {
    number: 5,
    rule: "PostgreSQL and InnoDB keep their page checksums on where the data is +C",
    fix: "Turn page checksums on.",
    violations: (plan) =>
      plan.databases.flatMap((database, d) => {
        const noCow = database.directories.some((dir) => dir.noCow && dir.component === "data");
        const off =
          (database.engine === "postgresql" &&
            !database.initArguments.some((a) => a.argument === "--data-checksums")) ||
          isOff(settingOf(database, "innodb_checksum_algorithm") ?? "crc32");
        return noCow && off
          ? [{ pointer: `/databases/${d}`, found: "NOCOW data without page checksums" }]
          : [];
      }),
  },
  {
    number: 6,
    rule: "full_page_writes, the doublewrite buffer and SQLite's journal stay on: nothing documents Btrfs writes of 8 or 16 KiB as atomic",
    fix: "Leave the protection against torn pages on.",
    violations: everySetting((setting, database) =>
      torn(setting, database) ? `${setting.name} = ${String(setting.value)}` : null,
    ),
  },
  {
    number: 10,
    rule: "A setting that a version lacks is never emitted",
    fix: "Remove it, or plan for a version that has it.",
    violations: everySetting((setting, database) => {
      const rule = factsOf(database.engine).settings.find((r) => r.name === setting.name);
      const known = !rule || database.version === null || settingExists(rule, parseVersion(database.version));
      return known ? null : `${setting.name} for ${database.engine} ${database.version}`;
    }),
  },
];
