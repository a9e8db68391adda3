import type { Plan } from "../plan/types.ts";
import { renderBoot } from "./boot.ts";
import { headerOf } from "./header.ts";
import { renderInstances } from "./instances.ts";
import { monitoringFiles } from "./monitoring/files.ts";
import { comment, mkDefault, path } from "./nix/expr.ts";
import { printModule } from "./nix/module.ts";
import type { NixosConfig } from "./options/nixos.generated.ts";
import { when } from "./options/plain.ts";
import { firstSentence } from "./sentences.ts";
import { renderServers } from "./servers.ts";
import { settingsFile, sqliteDatabases } from "./sqlite-settings.ts";

const scrub = (plan: Plan) => ({
  enable: true,
  fileSystems: comment("One mount of each filesystem: a second would scrub the same data again.", [
    ...plan.scrub.mountPoints,
  ]),
  interval: comment(
    firstSentence(plan.decisions.find((d) => d.id === "scrub")?.reason ?? ""),
    plan.scrub.interval,
  ),
});

/** What clones may take, over the reason. */
const clones = ({ clones: limits, decisions }: Plan) => {
  if (limits === null) return undefined;
  const why = firstSentence(decisions.find((d) => d.id === "clones")?.reason ?? "");
  return { ...limits, most: comment(why, limits.most) };
};

/** The pragmas of each SQLite database, where its application can read them. */
const etc = (plan: Plan): NixosConfig["environment"] => {
  const files = sqliteDatabases(plan).map((database) => [
    `dbtrfs/${settingsFile(database)}`,
    { source: path(`./${settingsFile(database)}`) },
  ]);
  return when(files.length > 0, { etc: Object.fromEntries(files) });
};

const usesVersions = (plan: Plan) =>
  plan.databases.some((d) => d.settings.some((s) => s.packageVersion !== null));

/** The arguments that the module's body uses. */
const formals = (plan: Plan): string[] => [
  ...(usesVersions(plan) ? ["config"] : []),
  "lib",
  ...(plan.databases.some((d) => d.package !== null) ? ["pkgs"] : []),
];

/** configuration.nix: the databases, our modules' options, the boot loader and the scrub. */
export const renderConfiguration = (plan: Plan, specName: string): string => {
  const body: NixosConfig = {
    networking: { hostName: mkDefault(plan.host) },
    boot: renderBoot(plan),
    dbtrfs: {
      kernel: plan.system.kernel,
      plan: path("./plan.json"),
      monitoring: {
        rules: path(`./${monitoringFiles.rules}`),
        dashboard: path(`./${monitoringFiles.dashboard}`),
      },
      clones: clones(plan),
      instances: renderInstances(plan),
    },
    services: { ...renderServers(plan), btrfs: { autoScrub: scrub(plan) } },
    environment: etc(plan),
  };
  return printModule({ header: headerOf("configuration.nix", specName), formals: formals(plan), body });
};
