import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Capture } from "../capture/schema.ts";
import type { StoragePlace } from "../capture/storage.ts";
import type { Row } from "./client.ts";
import type { Dialect } from "./dialect.ts";

/** What of the server's files only the files themselves tell. */
export interface Found {
  /** Name, path and type, as Dialect.dataFiles has them. */
  readonly dataFiles: readonly Row[];
  /** The binary log that is written now; null where there is none. */
  readonly binlogFile: string | null;
  /** Names in the directory of the doublewrite files; empty where it may not be read. */
  readonly doublewriteNames: readonly string[];
}

type Settings = Capture["settings"];

const place = (role: StoragePlace["role"], path: string, name: string | null = null): StoragePlace => ({
  role,
  name,
  path,
});

/** A path setting: relative ones are relative to the data directory, and an empty one is that. */
const directory = (settings: Settings, ...names: readonly string[]): string => {
  const datadir = settings.datadir ?? "";
  const given = names.map((name) => settings[name]).find((value) => value);
  return resolve(datadir, given ?? ".");
};

/** MySQL keeps its files in a directory of their own there; MariaDB writes one file. */
export const redoName = ({ engine }: Pick<Dialect, "engine">): string =>
  engine === "mysql" ? "#innodb_redo" : "ib_logfile0";

const redo = (dialect: Dialect, settings: Settings): StoragePlace =>
  place("log", join(directory(settings, "innodb_log_group_home_dir"), redoName(dialect)));

/** Where MySQL's doublewrite files are; MariaDB's buffer lies in the system tablespace. */
export const doublewriteDirectory = ({ engine }: Dialect, settings: Settings): string | null =>
  engine === "mysql" ? directory(settings, "innodb_doublewrite_dir", "innodb_data_home_dir") : null;

const doublewrite = (dialect: Dialect, settings: Settings, names: readonly string[]): StoragePlace[] => {
  const where = doublewriteDirectory(dialect, settings);
  if (where === null) return [];
  return names
    .filter((name) => /\.b?dblwr$/.test(name))
    .map((name) => place("doublewrite", join(where, name), name));
};

const tablespaces = (settings: Settings, rows: readonly Row[]): StoragePlace[] =>
  rows.flatMap(([name, file, type]) => {
    if (!file) return [];
    const path = resolve(settings.datadir ?? "", file);
    return [place(type === "UNDO LOG" ? "undo" : "tablespace", path, name ?? null)];
  });

/** A path that an option names, if it lies outside the data directory: inside, the data directory stands for it. */
const outside = (
  settings: Settings,
  role: StoragePlace["role"],
  path: string | undefined,
): StoragePlace[] => {
  if (!path || !isAbsolute(path) || !settings.datadir) return [];
  const inside = `${resolve(path)}/`.startsWith(`${resolve(settings.datadir)}/`);
  return inside ? [] : [place(role, resolve(path))];
};

const temporary = ({ engine }: Dialect, settings: Settings): StoragePlace[] => {
  const file = settings.innodb_temp_data_file_path?.split(":")[0];
  return [
    ...(file ? [place("temp", join(directory(settings, "innodb_data_home_dir"), file), file)] : []),
    ...(engine === "mysql"
      ? [place("temp", directory(settings, "innodb_temp_tablespaces_dir"), "sessions")]
      : []),
    ...(settings.tmpdir?.split(":") ?? []).flatMap((path) => outside(settings, "temp", path)),
    ...outside(settings, "temp", settings.innodb_tmpdir),
  ];
};

/** Where the server's files are, as far as it says. */
export const placesOf = (dialect: Dialect, settings: Settings, found: Found): readonly StoragePlace[] => {
  if (!settings.datadir) return [];
  const { log_bin_basename: basename } = settings;
  return [
    place("data", resolve(settings.datadir)),
    ...outside(settings, "data", settings.innodb_data_home_dir),
    redo(dialect, settings),
    ...tablespaces(settings, found.dataFiles),
    ...doublewrite(dialect, settings, found.doublewriteNames),
    ...(basename && found.binlogFile ? [place("binlog", join(dirname(basename), found.binlogFile))] : []),
    ...temporary(dialect, settings),
    ...outside(settings, "journal", settings.aria_log_dir_path),
  ];
};
