import { dirname } from "node:path/posix";
import { isAtOrBelow } from "../../paths.ts";
import { isOfTheSystem } from "../../spec/checks/directories.ts";
import type { Path } from "../../spec/pointer.ts";
import { accountName, directoryPath } from "../../spec/text.ts";
import type { Analysis } from "../analysis.ts";
import { assume, object, type Part, seen } from "./part.ts";

export interface SqliteFields extends Record<string, unknown> {
  readonly directory: string;
  readonly user: string;
  readonly databases: number | undefined;
}

const filesOf = ({ storage }: Analysis): readonly string[] =>
  (storage?.components ?? [])
    .filter(({ role }) => role === "data")
    .map(({ realPath, path }) => realPath ?? path);

/** The directory that all of the files lie in or below; null where no file is known. */
const commonDirectory = (files: readonly string[]): string | null => {
  const [first, ...rest] = files.map((file) => dirname(file));
  let common = first ?? null;
  for (const directory of rest)
    while (common !== null && !isAtOrBelow(common, directory)) common = dirname(common);
  return common;
};

export const dataDirectory = (analysis: Analysis): string | null => commonDirectory(filesOf(analysis));

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

/** What a spec says of SQLite alone. */
export const sqlitePart = (analysis: Analysis, name: string, path: Path): Part<SqliteFields> => {
  const files = filesOf(analysis);
  const user = accountName.safeParse(name).success ? name : "db";
  return object<SqliteFields>({
    directory: directoryPart(commonDirectory(files), name, path),
    user: assume([...path, "user"], user, "who owns the files is not captured"),
    databases: seen(files.length > 1 ? files.length : undefined),
  });
};
