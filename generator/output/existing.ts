import { closeSync, lstatSync, openSync, readdirSync, readSync, type Stats } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../problem.ts";
import { type Directory, shown } from "./directory.ts";
import { explain, isFileError } from "./file-errors.ts";
import { ifThere } from "./if-there.ts";
import { headBytes, isOurs } from "./ownership.ts";
import { folderOf, isSetPath, setFolders } from "./set-paths.ts";

/** What DIR holds that matters to a set. */
export interface Existing<Content = Buffer> {
  /** The content of dbtrfs's own files, by path. */
  files: Map<string, Content>;
  /** What lies where the set wants to be and is not dbtrfs's own. */
  obstacles: Problem[];
}

/** Looks at the wanted paths, and for files of an earlier set. Writes nothing, follows no link inside DIR. */
export const readExisting = (directory: Directory, wanted: Iterable<string>): Existing =>
  takeExisting(directory, wanted, Buffer.from);

/** As `readExisting`, with what `take` makes of each file's content; that itself is gone with the next file. */
export function takeExisting<T>(
  directory: Directory,
  wanted: Iterable<string>,
  take: (content: Uint8Array) => T,
): Existing<T> {
  const existing: Existing<T> = { files: new Map(), obstacles: [] };
  if (!directory.exists) return existing;
  const names = new Set(wanted);
  const inFolder = folderObstacles(directory);
  for (const path of [...new Set([...names, ...listSetPaths(directory)])].sort()) {
    const found = inFolder(path) ?? lookAtFile(directory, path);
    if (found === undefined) continue;
    if ("content" in found) existing.files.set(path, take(found.content));
    else if (names.has(path)) existing.obstacles.push(obstacleProblem(directory, path, found.obstacle));
  }
  return existing;
}

/** Says why `path` cannot be written or removed; undefined if it can. */
export function obstacleAt(directory: Directory, path: string): string | undefined {
  const found = folderObstacles(directory)(path) ?? lookAtFile(directory, path);
  return found && "obstacle" in found ? found.obstacle : undefined;
}

interface Obstacle {
  readonly obstacle: string;
}

/** What stands against all files of a path's folder; looks at each folder once. */
function folderObstacles(directory: Directory): (path: string) => Obstacle | undefined {
  const known = new Map<string | undefined, Obstacle | undefined>([[undefined, undefined]]);
  return (path) => {
    const folder = folderOf(path);
    if (folder !== undefined && !known.has(folder)) known.set(folder, folderObstacle(directory, folder));
    return known.get(folder);
  };
}

/** A rename from the stage needs the folder to be on DIR's own file system (rename(2), EXDEV). */
function folderObstacle(directory: Directory, folder: string): Obstacle | undefined {
  const stats = lstatSync(join(directory.path, folder), { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) return { obstacle: `${folder} is ${kindOf(stats)}` };
  if (stats.dev !== lstatSync(directory.path).dev)
    return { obstacle: `${folder} is another file system or subvolume` };
  return undefined;
}

/** Undefined where nothing is. */
function lookAtFile(
  directory: Directory,
  path: string,
): { readonly content: Uint8Array } | Obstacle | undefined {
  const file = join(directory.path, path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isFile()) return { obstacle: kindOf(stats) };
  try {
    const content = ifThere(() => readIfOurs(path, file));
    return content === null ? { obstacle: "a file that dbtrfs did not generate" } : content && { content };
  } catch (error) {
    if (isFileError(error)) return { obstacle: `a file that dbtrfs cannot read: ${explain(error).found}` };
    throw error;
  }
}

/** A place for one file after the other: thousands of new ones would be most of the work. */
let scratch: Buffer = Buffer.alloc(2 ** 19);

/** Null where the first lines lack the mark: of somebody else's file, which may be huge, no more is read. */
function readIfOurs(path: string, file: string): Uint8Array | null {
  const opened = openSync(file, "r");
  try {
    let length = readSync(opened, scratch);
    if (!isOurs(path, scratch.subarray(0, Math.min(length, headBytes)))) return null;
    for (let more = length; more > 0; length += more) {
      if (length === scratch.length) scratch = Buffer.concat([scratch], 2 * scratch.length);
      more = readSync(opened, scratch, { offset: length });
    }
    return scratch.subarray(0, length);
  } finally {
    closeSync(opened);
  }
}

const kindOf = (stats: Stats): string => {
  if (stats.isSymbolicLink()) return "a symbolic link";
  if (stats.isDirectory()) return "a directory";
  return stats.isFile() ? "a file" : "a device, pipe or socket";
};

/** Regular files that the mark could make dbtrfs's own; the others in DIR are nobody's business. */
function listSetPaths(directory: Directory): string[] {
  const inFolder = (folder: string) =>
    (ifThere(() => readdirSync(join(directory.path, folder), { withFileTypes: true })) ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => (folder === "" ? entry.name : `${folder}/${entry.name}`));
  const folders = setFolders.filter((folder) =>
    lstatSync(join(directory.path, folder), { throwIfNoEntry: false })?.isDirectory(),
  );
  return ["", ...folders].flatMap(inFolder).filter(isSetPath);
}

const obstacleProblem = (directory: Directory, path: string, found: string): Problem => ({
  file: shown(directory, path),
  pointer: "",
  found,
  allowed: "nothing, or a file that dbtrfs generated",
  fix: "move it aside, or name another directory with --out; nothing was written",
});
