import { readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { explain, isFileError } from "../../output/file-errors.ts";
import { Refusal } from "../../refusal.ts";
import { type Database, openDatabase } from "./database.ts";
import { headerBytes, parseHeader } from "./database-header.ts";
import { reading, statOf } from "./files.ts";

/** The databases of a target, and what could not be looked at. */
export interface Found {
  readonly root: string;
  readonly isDirectory: boolean;
  readonly databases: readonly string[];
  /** Reasons by path. */
  readonly unreadable: Readonly<Record<string, string>>;
}

const refusal = (file: string, found: string, fix: string): Refusal =>
  new Refusal([
    { file, pointer: "", found, allowed: "a SQLite database, or a directory with some below it", fix },
  ]);

/** Logs, journals and indexes lie beside their database under its name. */
const isCompanion = (name: string): boolean => /-(wal|shm|journal)$/.test(name);

const isDatabase = (path: string): boolean =>
  reading(path, (read) => parseHeader(read(0, headerBytes)) !== null) ?? false;

const search = (root: string): Pick<Found, "databases" | "unreadable"> => {
  const databases: string[] = [];
  const unreadable: Record<string, string> = {};
  const tryTo = (path: string, act: () => void) => {
    try {
      act();
    } catch (error) {
      if (!isFileError(error)) throw error;
      unreadable[path] = explain(error).found;
    }
  };
  const visit = (directory: string) =>
    tryTo(directory, () => {
      for (const entry of readdirSync(directory, { withFileTypes: true })) {
        const path = join(directory, entry.name);
        if (entry.isDirectory()) visit(path);
        else if (entry.isFile() && !isCompanion(entry.name))
          tryTo(path, () => {
            if (isDatabase(path)) databases.push(path);
          });
      }
    });
  visit(root);
  return { databases, unreadable };
};

/** Throws a Refusal for an error of the file system. */
export const explained = <T>(path: string, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    if (!isFileError(error)) throw error;
    const { found, fix } = explain(error);
    throw refusal(path, error.code === "ENOENT" ? "no such file" : found, fix);
  }
};

/**
 * Opens what was found; of a directory, what can be opened. Throws a Refusal where a single database, or its log, may
 * not be read.
 */
export const openFound = (
  found: Found,
): { readonly found: Found; readonly databases: readonly Database[] } => {
  if (!found.isDirectory)
    return { found, databases: [explained(found.root, () => openDatabase(found.root))] };
  const unreadable = { ...found.unreadable };
  const databases = found.databases.flatMap((path) => {
    try {
      return [openDatabase(path)];
    } catch (error) {
      if (!isFileError(error)) throw error;
      unreadable[path] = explain(error).found;
      return [];
    }
  });
  return { found: { ...found, unreadable }, databases };
};

/** Throws a Refusal where there is no database that can be read. Symbolic links below a directory are not followed. */
export const findDatabases = (target: string): Found => {
  const root = explained(target, () => realpathSync(target));
  if (!explained(target, () => statOf(root))?.isDirectory()) {
    if (!explained(target, () => isDatabase(root)))
      throw refusal(target, "no SQLite database", "Name the file that the application opens.");
    return { root, isDirectory: false, databases: [root], unreadable: {} };
  }
  const { databases, unreadable } = search(root);
  if (databases.length > 0) return { root, isDirectory: true, databases, unreadable };
  const reasons = Object.entries(unreadable).map(([path, why]) => `${path}: ${why}`);
  throw refusal(
    target,
    ["no SQLite database below it", ...reasons.slice(0, 3)].join("; "),
    "Name the file that the application opens, or its directory, as a user who may read it.",
  );
};
