import { lstatSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Refusal } from "../refusal.ts";
import type { Steps } from "./steps.ts";

export interface Directory {
  /** As the user wrote it, for messages. */
  name: string;
  /** Absolute, without symbolic links if it exists. */
  path: string;
  exists: boolean;
}

/** DIR itself may be a link to a directory. Throws a Refusal where it is something else. */
export function findDirectory(name: string): Directory {
  const path = resolve(name);
  if (isDirectory(path)) return { name, path: realpathSync(path), exists: true };
  const other = lstatSync(path, { throwIfNoEntry: false });
  if (other)
    throw notADirectory(
      name,
      other.isSymbolicLink() ? "a symbolic link that leads to no directory" : "a file",
    );
  return { name, path, exists: false };
}

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

const notADirectory = (file: string, found: string) =>
  new Refusal([
    {
      file,
      pointer: "",
      found,
      allowed: "a directory, or a path where dbtrfs can make one",
      fix: "name another directory with --out, or move this aside",
    },
  ]);

/** Makes DIR and what is missing above it, each durable before the next. */
export function makeDirectory(path: string, steps: Steps): void {
  if (isDirectory(path)) return;
  makeDirectory(dirname(path), steps);
  makeUnlessThere(path, steps);
  steps.fsync(dirname(path));
}

/** Another dbtrfs may make it at the same moment. */
function makeUnlessThere(path: string, steps: Steps): void {
  try {
    steps.mkdir(path);
  } catch (error) {
    if (!isDirectory(path)) throw error;
  }
}

/** The path of a set's file as the user would write it. */
export const shown = (directory: Directory, path: string): string => join(directory.name, path);
