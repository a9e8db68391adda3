import type { Plan, PlannedCluster, PlannedDatabase, PlannedSetting } from "../plan/types.ts";
import { renderEtcd, renderPatroni } from "./cluster/patroni.ts";
import { galeraOptions, galeraPart, streamingPart } from "./cluster/servers.ts";
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
const gated = (setting: PlannedSetting, ofService: string): NixValue =>
  setting.packageVersion === null
    ? setting.value
    : mkIf(
        apply("lib.versionAtLeast", ref(`config.services.${ofService}.version`), setting.packageVersion),
        setting.value,
      );

const settings = (
  database: PlannedDatabase,
  ofService: string,
  only: (setting: PlannedSetting) => boolean = () => true,
): Record<string, NixValue> =>
  Object.fromEntries(
    database.settings
      .filter(only)
      .map((setting) => [setting.name, explained(setting, gated(setting, ofService))]),
  );

const packageOf = (database: PlannedDatabase) => {
  if (database.package === null) throw new Error(`${database.name} has no package`);
  return ref(`pkgs.${printAttrName(database.package)}`);
};

const underPatroni = (database: PlannedDatabase, cluster: PlannedCluster) => ({
  patroni: renderPatroni(database, cluster, packageOf(database), (only) =>
    settings(database, "patroni.postgresqlPackage", only),
  ),
  etcd: renderEtcd(cluster),
});

const alone = (database: PlannedDatabase) => ({
  postgresql: {
    enable: true,
    package: packageOf(database),
    dataDir: database.dataDirectory,
    initdbArgs: database.initArguments.map((argument) =>
      comment(firstSentence(argument.reason), argument.argument),
    ),
    ...streamingPart(database.cluster),
    settings: settings(database, "postgresql.package"),
  },
});

const postgresql = (database: PlannedDatabase) =>
  database.cluster?.kind === "patroni" ? underPatroni(database, database.cluster) : alone(database);

const mysql = (database: PlannedDatabase) => ({
  mysql: {
    enable: true,
    package: packageOf(database),
    dataDir: database.dataDirectory,
    ...galeraPart(database.cluster),
    settings: { mysqld: settings(database, "mysql.package"), ...galeraOptions(database.cluster) },
  },
});

const renderers = { postgresql, mysql, mariadb: mysql, sqlite: () => ({}) } as const;

/** services.postgresql or services.patroni, and services.mysql. */
export const renderServers = (plan: Plan): NonNullable<NixosConfig["services"]> =>
  Object.assign({}, ...plan.databases.map((database) => renderers[database.engine](database)));
