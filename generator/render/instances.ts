import type { Directory, Plan, PlannedCluster, PlannedDatabase } from "../plan/types.ts";
import { renderBackup } from "./backup.ts";
import { comment, type Nix, type NixValue } from "./nix/expr.ts";
import type { NixosConfig } from "./options/nixos.generated.ts";
import { type Plain, when } from "./options/plain.ts";
import { firstSentence } from "./sentences.ts";

type Instances = Plain<Plain<NixosConfig["dbtrfs"]>["instances"]>;
type Instance = Plain<Instances[string]>;
type Directories = Plain<Instance["directories"]>;

/** Only what differs from the instance's own values is written. */
const directory = (database: PlannedDatabase, d: Directory): Plain<Directories[string]> => ({
  component: d.component,
  noCow: when(d.noCow, true),
  compression: d.compression ?? undefined,
  filesystem: when(d.filesystem !== "btrfs", d.filesystem),
  acceptNoChecksums: when(d.noCow && database.acceptNoChecksums, true),
});

const directories = (database: PlannedDatabase): Directories =>
  Object.fromEntries(
    database.directories
      .filter((d) => d.component !== "subvolume")
      .map((d) => [d.path, directory(database, d)]),
  );

/** The reason in a sentence, over a value that the plan chose; what the spec asked for needs none. */
const because = <T extends NixValue>(plan: Plan, id: string, value: T): Nix<T> => {
  const found = plan.decisions.find((d) => d.id === id);
  return found && !found.overridden ? comment(firstSentence(found.reason), value) : value;
};

const warningsOf = (plan: Plan, database: PlannedDatabase) =>
  plan.warnings
    .filter((warning) => warning.startsWith(`${database.name}: `))
    .map((warning) => warning.slice(database.name.length + 2));

const renderCluster = (cluster: PlannedCluster | null): Instance["cluster"] =>
  cluster === null
    ? undefined
    : {
        kind: cluster.kind,
        member: cluster.member,
        primary: cluster.primary ?? undefined,
        members: Object.fromEntries(cluster.members.map(({ name, address }) => [name, address])),
        // NixOS opens Galera's ports by itself.
        ports: when(cluster.kind !== "galera", [...cluster.ports]),
        passwordFile: cluster.secrets.find(({ variable }) => variable === null)?.path,
      };

/** `dbtrfs.instances.NAME`: what our modules make of a database's directories. */
const renderInstance = (plan: Plan, database: PlannedDatabase): Instance => {
  const { backup, snapshots } = database;
  const warnings = warningsOf(plan, database);
  const filesystem = plan.filesystems.find(({ id }) => id === database.filesystem);
  const isSqlite = database.engine === "sqlite";
  const away = snapshots !== null && database.filesystem !== "main";
  return {
    engine: database.engine,
    mountPoint: database.mountPoint,
    user: when(isSqlite, database.user),
    group: when(isSqlite, database.group),
    units: when(isSqlite, [...database.units]),
    dataProfile: when(filesystem?.dataProfile !== "single", filesystem?.dataProfile),
    directories: because(plan, `${database.name}.layout`, directories(database)),
    cluster: renderCluster(database.cluster),
    snapshots: snapshots === null ? undefined : because(plan, `${database.name}.snapshots`, { ...snapshots }),
    snapshotDirectory: when(away, filesystem?.snapshotDirectory ?? undefined),
    backup:
      backup === null || backup.method === "none"
        ? undefined
        : because(plan, `${database.name}.backup`, renderBackup(backup)),
    clones: when(database.clones, true),
    warnings: when(warnings.length > 0, warnings),
  };
};

export const renderInstances = (plan: Plan): Instances =>
  Object.fromEntries(plan.databases.map((database) => [database.name, renderInstance(plan, database)]));
