import type { Plan, PlannedDatabase, PlannedSetting } from "../plan/types.ts";
import { printAttrName } from "./nix/attr-names.ts";
import { apply, comment, mkIf, type NixValue, ref } from "./nix/expr.ts";
import type { NixosConfig } from "./options/nixos.generated.ts";
import { firstSentence } from "./sentences.ts";

/** Groups whose values follow from memory and cores by known formulas; their reasons stand in plan.json. */
const unexplained = ["memory", "parallelism"];

const explained = (setting: PlannedSetting, value: NixValue): NixValue =>
  unexplained.includes(setting.group) || setting.overridden
    ? value
    : comment(firstSentence(setting.reason), value);

/** An unknown setting keeps a server from starting, so the package itself is asked whether it has it. */
const gated = (setting: PlannedSetting, service: string): NixValue =>
  setting.packageVersion === null
    ? setting.value
    : mkIf(
        apply(
          "lib.versionAtLeast",
          ref(`config.services.${service}.package.version`),
          setting.packageVersion,
        ),
        setting.value,
      );

const settings = (database: PlannedDatabase, service: string): Record<string, NixValue> =>
  Object.fromEntries(
    database.settings.map((setting) => [setting.name, explained(setting, gated(setting, service))]),
  );

const packageOf = (database: PlannedDatabase) => {
  if (database.package === null) throw new Error(`${database.name} has no package`);
  return ref(`pkgs.${printAttrName(database.package)}`);
};

const postgresql = (database: PlannedDatabase) => ({
  postgresql: {
    enable: true,
    package: packageOf(database),
    dataDir: database.dataDirectory,
    initdbArgs: database.initArguments.map((argument) =>
      comment(firstSentence(argument.reason), argument.argument),
    ),
    settings: settings(database, "postgresql"),
  },
});

const mysql = (database: PlannedDatabase) => ({
  mysql: {
    enable: true,
    package: packageOf(database),
    dataDir: database.dataDirectory,
    settings: { mysqld: settings(database, "mysql") },
  },
});

const renderers = { postgresql, mysql, mariadb: mysql, sqlite: () => ({}) } as const;

/** services.postgresql and services.mysql. */
export const renderServers = (plan: Plan): NonNullable<NixosConfig["services"]> =>
  Object.assign({}, ...plan.databases.map((database) => renderers[database.engine](database)));
