import type { Directory, Plan, PlannedDatabase } from "../plan/types.ts";
import { comment, type NixValue } from "./nix/expr.ts";
import { firstSentence } from "./sentences.ts";

/** Only what differs from the instance's own values is written. */
const directory = (database: PlannedDatabase, d: Directory): NixValue => ({
  component: d.component,
  ...(d.noCow && { noCow: true }),
  ...(d.compression && { compression: d.compression }),
  ...(d.filesystem !== "btrfs" && { filesystem: d.filesystem }),
  ...(d.noCow && database.acceptNoChecksums && { acceptNoChecksums: true }),
});

const directories = (database: PlannedDatabase): Record<string, NixValue> =>
  Object.fromEntries(
    database.directories
      .filter((d) => d.component !== "subvolume")
      .map((d) => [d.path, directory(database, d)]),
  );

/** The reason in a sentence, over a value that the plan chose; what the spec asked for needs none. */
const because = (plan: Plan, id: string, value: NixValue): NixValue => {
  const found = plan.decisions.find((d) => d.id === id);
  return found && !found.overridden ? comment(firstSentence(found.reason), value) : value;
};

const snapshotDirectoryOf = (plan: Plan, database: PlannedDatabase): string | null =>
  plan.filesystems.find((f) => f.id === database.filesystem)?.snapshotDirectory ?? null;

const snapshots = (plan: Plan, database: PlannedDatabase): Record<string, NixValue> =>
  database.snapshots === null
    ? {}
    : {
        snapshots: because(plan, `${database.name}.snapshots`, { ...database.snapshots }),
        ...(database.filesystem !== "main" && { snapshotDirectory: snapshotDirectoryOf(plan, database) }),
      };

const account = (database: PlannedDatabase): Record<string, NixValue> =>
  database.engine === "sqlite"
    ? { user: database.user, group: database.group, units: [...database.units] }
    : {};

const warningsOf = (plan: Plan, database: PlannedDatabase) =>
  plan.warnings
    .filter((warning) => warning.startsWith(`${database.name}: `))
    .map((warning) => warning.slice(database.name.length + 2));

/** `dbtrfs.instances.NAME`: what our modules make of a database's directories. */
export const renderInstance = (plan: Plan, database: PlannedDatabase): NixValue => {
  const filesystem = plan.filesystems.find((f) => f.id === database.filesystem);
  const warnings = warningsOf(plan, database);
  return {
    engine: database.engine,
    mountPoint: database.mountPoint,
    ...account(database),
    ...(filesystem && filesystem.dataProfile !== "single" && { dataProfile: filesystem.dataProfile }),
    directories: because(plan, `${database.name}.layout`, directories(database)),
    ...snapshots(plan, database),
    ...(warnings.length > 0 && { warnings }),
  };
};
