import { factsOf } from "../../engines/index.ts";
import type { Component } from "../../engines/types.ts";
import type { Directory, PlannedDatabase, Subvolume } from "../../plan/types.ts";
import { directoryFlags } from "../tree.ts";

/** A subvolume or another filesystem's mount, and what lies in it. */
export interface MountPicture {
  /** The name of a subvolume; of another filesystem its mount point. */
  readonly name: string;
  readonly mountPoint: string;
  readonly options: string;
  readonly purpose: string;
  readonly database: string | undefined;
  readonly directories: readonly DirectoryPicture[];
}

export interface DirectoryPicture {
  readonly path: string;
  readonly owner: string;
  readonly flags: readonly string[];
  readonly residents: readonly Resident[];
}

/** A component of the database that lives in a directory. */
export interface Resident {
  readonly title: string;
  readonly files: string;
}

type Mount = Pick<Subvolume, "name" | "mountPoint" | "mountOptions" | "purpose">;

/** SQLite has a rollback journal or a write-ahead log, as its journal_mode says. */
const sqliteHas = ({ id }: Component, { settings }: PlannedDatabase): boolean => {
  const mode = settings.find(({ name }) => name === "journal_mode")?.value;
  return id !== (mode === "WAL" ? "journal" : "log");
};

/** What a snapshot must hold, as far as this database has it: a binary log only where the plan gives it a directory. */
const components = (database: PlannedDatabase): readonly Component[] =>
  factsOf(database.engine).components.filter(
    (component) =>
      component.inSnapshot.required &&
      (component.id !== "binlog" || database.directories.some((d) => d.component === "binlog")) &&
      (database.engine !== "sqlite" || sqliteHas(component, database)),
  );

/** In the directory that is prepared for it, the deepest of several; else with the data. */
const homeOf = ({ directories, dataDirectory }: PlannedDatabase, { id }: Component): string =>
  directories.findLast(({ component }) => component === id)?.path ?? dataDirectory;

const residentsOf = (database: PlannedDatabase, { path }: Directory): readonly Resident[] =>
  components(database)
    .filter((component) => homeOf(database, component) === path)
    .map(({ title, files }) => ({ title, files: files.join(", ") }));

const directoryPicture = (database: PlannedDatabase, directory: Directory): DirectoryPicture => ({
  path: directory.path,
  owner: `${directory.user}:${directory.group} ${directory.mode}`,
  flags: directoryFlags(directory),
  residents: residentsOf(database, directory),
});

const mountOf = ({ name, mountPoint, mountOptions, purpose }: Mount): MountPicture => ({
  name,
  mountPoint,
  options: mountOptions.join(", "),
  purpose,
  database: undefined,
  directories: [],
});

export const systemMount: (mount: Mount) => MountPicture = mountOf;

/** What of a database lies on its subvolume, or on its log's filesystem. */
export const databaseMount = (
  database: PlannedDatabase,
  mount: Mount,
  filesystem: Directory["filesystem"],
): MountPicture => ({
  ...mountOf(mount),
  database: database.name,
  directories: database.directories
    .filter((d) => d.component !== "subvolume" && d.filesystem === filesystem)
    .map((directory) => directoryPicture(database, directory))
    .filter(({ path, residents }) => path !== mount.mountPoint || residents.length > 0),
});
