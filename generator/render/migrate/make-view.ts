import { posix } from "node:path";
import { isBelow } from "../../paths.ts";
import type { BtrfsFilesystem, Directory, Plan, PlannedDatabase } from "../../plan/types.ts";
import type { MigrateDatabase, MigrateDirectory } from "./view.ts";

/** The folder of each database's journal. */
export const journal = "/var/lib/dbtrfs/migrate";

const mebibyte = 2 ** 20;
const innodbPage = 16384;

const argumentOf = ({ initArguments }: PlannedDatabase, name: string): string | undefined =>
  initArguments.find(({ argument }) => argument.startsWith(`${name}=`))?.argument.slice(name.length + 1);

const settingOf = ({ settings }: PlannedDatabase, name: string) =>
  settings.find((setting) => setting.name === name)?.value;

const textOf = (database: PlannedDatabase, name: string): string => String(settingOf(database, name) ?? "");

/** As modules/relative-log.sh makes it: relative wherever the log lies below the mount point. */
export const walLinkOf = (database: PlannedDatabase): string => {
  const wal = argumentOf(database, "--waldir");
  if (wal === undefined) return "";
  return isBelow(database.mountPoint, wal) ? posix.relative(database.dataDirectory, wal) : wal;
};

const isInnodb = ({ engine }: PlannedDatabase): boolean => engine === "mysql" || engine === "mariadb";

/** The part of the version that the engine's files know. */
const versionOf = ({ engine, version }: PlannedDatabase): string =>
  (version ?? "").split(".", engine === "postgresql" ? 1 : 2).join(".");

/** SQLite's page size is a file's own, InnoDB's is the server's. */
const pageSizeOf = (database: PlannedDatabase): number => {
  if (database.engine === "sqlite") return Number(settingOf(database, "page_size") ?? 0);
  if (!isInnodb(database)) return 0;
  const size = textOf(database, "innodb_page_size").toLowerCase();
  return size.endsWith("k") ? Number(size.slice(0, -1)) * 1024 : Number(size) || innodbPage;
};

const directoryOf = (directory: Directory): MigrateDirectory => ({
  path: directory.path,
  filesystem: directory.filesystem,
  cow: directory.noCow ? "nocow" : "cow",
  compression: directory.compression ?? "none",
  owner: `${directory.user}:${directory.group}`,
  mode: directory.mode,
});

/** Parents first. */
const byPath = (a: Directory, b: Directory): number => (a.path < b.path ? -1 : 1);

export const filesystemOf = (plan: Plan, database: PlannedDatabase): BtrfsFilesystem => {
  const found = plan.filesystems.find(({ id }) => id === database.filesystem);
  if (found === undefined) throw new Error(`${database.name} has no filesystem`);
  return found;
};

export const subvolumeOf = (plan: Plan, database: PlannedDatabase): string => {
  const found = filesystemOf(plan, database).subvolumes.find((one) => one.database === database.name);
  if (found === undefined) throw new Error(`${database.name} has no subvolume`);
  return found.name;
};

/** Every device by name: where udev has not shown them all to the kernel, a mount by one of them fails. */
const topLevelOptions = ({ devices, mountOptions }: BtrfsFilesystem): string =>
  [
    "subvolid=5",
    "noatime",
    ...mountOptions,
    ...(devices.length > 1 ? devices.map((one) => `device=${one}`) : []),
  ].join(",");

const placesOf = (plan: Plan, database: PlannedDatabase) => {
  const filesystem = filesystemOf(plan, database);
  const log = plan.logFilesystems.find((one) => one.database === database.name);
  return {
    mountPoint: database.mountPoint,
    subvolume: subvolumeOf(plan, database),
    dataDirectory: database.dataDirectory,
    devices: filesystem.devices,
    mountOptions: topLevelOptions(filesystem),
    nodesize: filesystem.nodesize,
    checksum: filesystem.checksum,
    dataProfile: filesystem.dataProfile,
    logDevice: log?.device ?? "",
    logMount: log?.mountPoint ?? "",
  };
};

const engineFacts = (database: PlannedDatabase) => ({
  walDirectory: argumentOf(database, "--waldir") ?? "",
  walLink: walLinkOf(database),
  walSegment: Number(argumentOf(database, "--wal-segsize") ?? 0) * mebibyte,
  pageChecksums: database.initArguments.some(({ argument }) => argument === "--data-checksums") ? 1 : 0,
  redoDirectory: isInnodb(database) ? textOf(database, "innodb_log_group_home_dir") : "",
  binlog: isInnodb(database) ? textOf(database, "log_bin") : "",
  pageSize: pageSizeOf(database),
});

export const migrateDatabase = (plan: Plan, database: PlannedDatabase): MigrateDatabase => ({
  name: database.name,
  engine: database.engine,
  version: versionOf(database),
  user: database.user,
  owner: `${database.user}:${database.group}`,
  units: database.units,
  ...placesOf(plan, database),
  ...engineFacts(database),
  directories: database.directories.toSorted(byPath).map(directoryOf),
});
