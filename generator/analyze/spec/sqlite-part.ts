import { dirname, extname } from "node:path/posix";
import { isOfTheSystem } from "../../spec/checks/directories.ts";
import type { Path } from "../../spec/pointer.ts";
import { accountName, directoryPath } from "../../spec/text.ts";
import type { Analysis } from "../analysis.ts";
import { assume, object, type Part, seen } from "./part.ts";

export interface SqliteFields extends Record<string, unknown> {
  readonly directory: string;
  readonly user: string;
  readonly group: string | undefined;
  readonly databases: number | undefined;
}

/** A directory is captured as one component, and so is a single file, among whose sampled files it then is. */
export const dataDirectory = ({ storage }: Analysis): string | null => {
  const data = storage?.components.find(({ role }) => role === "data");
  if (data === undefined) return null;
  const path = data.realPath ?? data.path;
  const isFile = data.sampledFiles.some((file) => file.path === path) || extname(path) !== "";
  return isFile ? dirname(path) : path;
};

const directoryPart = (today: string | null, name: string, path: Path): Part<string> => {
  const at = [...path, "directory"];
  const own = `/var/lib/${name}`;
  if (today === null) return assume(at, own, "where its files lie is not known");
  if (!directoryPath.safeParse(today).success)
    return assume(at, own, `its files lie in ${today}, a path that a spec cannot name`);
  if (isOfTheSystem(today))
    return assume(
      at,
      own,
      `its files lie in ${today}, which is the system's and can be no subvolume of their own`,
    );
  return seen(today);
};

const userPart = (owner: string | undefined, name: string, path: Path): Part<string> => {
  const at = [...path, "user"];
  const own = accountName.safeParse(name).success ? name : "db";
  if (owner === undefined) return assume(at, own, "the account that owns the files has no name here");
  if (owner === "root")
    return assume(at, own, "root owns the files; an application needs an account of its own");
  return accountName.safeParse(owner).success
    ? seen(owner)
    : assume(at, own, `${owner} owns the files, an account that a spec cannot name`);
};

/** Left out where it is the user's own. */
const groupPart = (user: string, { owner, group }: Readonly<Record<string, string>>): string | undefined =>
  group === undefined || owner !== user || group === user || !accountName.safeParse(group).success
    ? undefined
    : group;

/** What a spec says of SQLite alone. */
export const sqlitePart = (analysis: Analysis, name: string, path: Path): Part<SqliteFields> => {
  const { settings } = analysis.database;
  const user = userPart(settings.owner, name, path);
  const files = Number(settings.databases ?? 1);
  return object<SqliteFields>({
    directory: directoryPart(dataDirectory(analysis), name, path),
    user,
    group: seen(groupPart(user.value, settings)),
    databases: seen(files > 1 ? files : undefined),
  });
};
