import { lstatSync, readdirSync, type Stats } from "node:fs";
import { join } from "node:path";
import { explain, isFileError } from "../../../output/file-errors.ts";
import type { StorageNested } from "../../capture/storage.ts";
import type { FoundFile } from "./choose-files.ts";

type Nested = Pick<StorageNested, "path" | "kind">;

export interface Walked {
  readonly files: readonly FoundFile[];
  readonly nested: readonly Nested[];
  /** Why not all of it is here; null where it is. */
  readonly failure: string | null;
}

export interface Limits {
  /** Other components, which answer for themselves. */
  readonly skip: ReadonlySet<string>;
  readonly mountPoints: ReadonlySet<string>;
  readonly onBtrfs: boolean;
}

const mostFiles = 200_000;

/** Every root of a subvolume has it (include/uapi/linux/btrfs_tree.h, BTRFS_FIRST_FREE_OBJECTID). */
export const subvolumeRootInode = 256;

/** Snapshots that a person asked for there, and what a restore by dbtrfs is making. */
const foreign = new Set([".snapshots", ".dbtrfs"]);

/** Reads, or notes why not. A running server deletes files while they are looked for: that is no failure. */
const attempt = <T>(path: string, failures: Set<string>, read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (!isFileError(error)) throw error;
    if (error.code !== "ENOENT") failures.add(`${path}: ${explain(error).found}`);
    return null;
  }
};

const nestedKind = (path: string, status: Stats, limits: Limits): Nested["kind"] | null => {
  if (limits.mountPoints.has(path)) return "mount";
  return limits.onBtrfs && status.ino === subvolumeRootInode ? "subvolume" : null;
};

/** Files and what is nested below a directory; links are not followed. */
function* below(directory: string, limits: Limits, failures: Set<string>): Generator<FoundFile | Nested> {
  for (const name of attempt(directory, failures, () => readdirSync(directory)) ?? []) {
    const path = join(directory, name);
    if (foreign.has(name)) continue;
    const status = attempt(path, failures, () => lstatSync(path));
    const kind = status?.isDirectory() ? nestedKind(path, status, limits) : null;
    if (kind !== null) yield { path, kind };
    else if (limits.skip.has(path)) continue;
    else if (status?.isFile()) yield { path, bytes: status.size, changedAt: status.mtimeMs };
    else if (status?.isDirectory()) yield* below(path, limits, failures);
  }
}

const from = function* (path: string, limits: Limits, failures: Set<string>) {
  const status = attempt(path, failures, () => lstatSync(path));
  if (status?.isFile()) yield { path, bytes: status.size, changedAt: status.mtimeMs };
  if (status?.isDirectory()) yield* below(path, limits, failures);
};

/** What is below a directory; of a file, itself. */
export const walk = (path: string, limits: Limits): Walked => {
  const failures = new Set<string>();
  const files: FoundFile[] = [];
  const nested: Nested[] = [];
  for (const found of from(path, limits, failures)) {
    if ("kind" in found) nested.push(found);
    else files.push(found);
    if (files.length < mostFiles) continue;
    failures.add(`only the first ${mostFiles} files were looked at`);
    break;
  }
  const said = [...failures].slice(0, 3).join("; ");
  return { files, nested, failure: failures.size === 0 ? null : said };
};
