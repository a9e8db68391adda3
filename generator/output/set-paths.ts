import { posix } from "node:path";
import type { GeneratedFile } from "./generated-file.ts";
import { headBytes, isOurs } from "./ownership.ts";

/** Work files that dbtrfs keeps in DIR while it writes, and that a crash leaves behind for the next run. */
export const stageFolder = ".dbtrfs-staged";
export const journalFile = ".dbtrfs-commit.json";
export const lockFile = ".dbtrfs-lock";

/** The files that a set may have directly in DIR; all others there, copies of these too, are a person's. */
export const setFiles: readonly string[] = [
  "default.nix",
  "disko.nix",
  "configuration.nix",
  "plan.json",
  "REPORT.md",
  "report.html",
];

/** What a set may have in each folder. No spaces or quotes: patch tools disagree on how a diff spells those. */
const inFolder: ReadonlyMap<string, RegExp> = new Map([
  ["monitoring", /^(dashboard\.json|rules\.yml|rules\.test\.yml)$/],
  ["runbooks", /^(\w[\w.+@-]*\.md|migrate\.sh)$/],
  ["sqlite", /^\w[\w.+@-]*\.sql$/],
]);

/**
 * The folders that a set may use, and the only ones that are searched for stale files: any other folder below
 * DIR may hold the set of another host.
 */
export const setFolders: readonly string[] = [...inFolder.keys()];

/** The folder of a set's path, or undefined for a file directly in DIR. */
export const folderOf = (path: string): string | undefined =>
  path.includes("/") ? posix.dirname(path) : undefined;

export const foldersOf = (paths: Iterable<string>): string[] => [
  ...new Set([...paths].map(folderOf).filter((folder) => folder !== undefined)),
];

/** Whether a set can have a file there, and so whether dbtrfs may ever remove one; journals are checked with this too. */
export const isSetPath = (path: string): boolean => {
  const folder = folderOf(path);
  return folder === undefined
    ? setFiles.includes(path)
    : (inFolder.get(folder)?.test(path.slice(folder.length + 1)) ?? false);
};

/**
 * Throws an Error (a bug in `render`, not in the spec) where a set names a path outside DIR or twice, or holds
 * a file without the mark: a later run would take that one for somebody else's.
 */
export function assertSet(files: readonly GeneratedFile[]): void {
  const paths = files.map((file) => file.path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new Error(`${twice} is in the set twice`);
  for (const file of files) {
    if (!isSetPath(file.path)) throw new Error(`${file.path} is no path that a set may have`);
    if (!isOurs(file.path, Buffer.from(file.text.slice(0, headBytes))))
      throw new Error(`${file.path} lacks the mark of dbtrfs`);
  }
}
