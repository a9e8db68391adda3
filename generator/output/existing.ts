import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, type Stats } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../problem.ts";
import { type Directory, shown } from "./directory.ts";
import { explain, isFileError } from "./file-errors.ts";
import { ifThere } from "./if-there.ts";
import { headBytes, isOurs } from "./ownership.ts";
import { folderOf, isSetPath, setFolders } from "./set-paths.ts";

/** What DIR holds that matters to a set. */
export interface Existing {
  /** The content of dbtrfs's own files, by path. */
  files: Map<string, Buffer>;
  /** What lies where the set wants to be and is not dbtrfs's own. */
  obstacles: Problem[];
}

/** Looks at the wanted paths, and for files of an earlier set. Writes nothing, follows no link inside DIR. */
export function readExisting(directory: Directory, wanted: Iterable<string>): Existing {
  const existing: Existing = { files: new Map(), obstacles: [] };
  if (!directory.exists) return existing;
  const names = new Set(wanted);
  for (const path of [...new Set([...names, ...listSetPaths(directory)])].sort()) {
    const obstacle = obstacleAt(directory, path);
    if (obstacle === undefined) addFile(existing.files, directory, path);
    else if (names.has(path)) existing.obstacles.push(obstacleProblem(directory, path, obstacle));
  }
  return existing;
}

function addFile(files: Existing["files"], directory: Directory, path: string): void {
  const content = ifThere(() => readFileSync(join(directory.path, path)));
  if (content) files.set(path, content);
}

/** Says why `path` cannot be written or removed; undefined if it can. */
export function obstacleAt(directory: Directory, path: string): string | undefined {
  const folder = folderOf(path);
  return (folder && folderObstacle(directory, folder)) ?? fileObstacle(directory, path);
}

/** A rename from the stage needs the folder to be on DIR's own file system (rename(2), EXDEV). */
function folderObstacle(directory: Directory, folder: string): string | undefined {
  const stats = lstatSync(join(directory.path, folder), { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) return `${folder} is ${kindOf(stats)}`;
  if (stats.dev !== lstatSync(directory.path).dev) return `${folder} is another file system or subvolume`;
  return undefined;
}

function fileObstacle(directory: Directory, path: string): string | undefined {
  const file = join(directory.path, path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isFile()) return kindOf(stats);
  return contentObstacle(path, file);
}

function contentObstacle(path: string, file: string): string | undefined {
  try {
    const head = ifThere(() => readHead(file));
    return !head || isOurs(path, head) ? undefined : "a file that dbtrfs did not generate";
  } catch (error) {
    if (isFileError(error)) return `a file that dbtrfs cannot read: ${explain(error).found}`;
    throw error;
  }
}

const kindOf = (stats: Stats): string => {
  if (stats.isSymbolicLink()) return "a symbolic link";
  if (stats.isDirectory()) return "a directory";
  return stats.isFile() ? "a file" : "a device, pipe or socket";
};

function readHead(file: string): Uint8Array {
  const opened = openSync(file, "r");
  try {
    const head = Buffer.alloc(headBytes);
    return head.subarray(0, readSync(opened, head));
  } finally {
    closeSync(opened);
  }
}

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
