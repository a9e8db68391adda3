import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { explain, isFileError } from "../output/file-errors.ts";
import type { ReadProfile } from "../spec/profile-files.ts";
import { decodeUtf8, type Input, sizeLimit } from "./read-input.ts";

/** Reads the profiles that a spec names, relative to the spec; undefined for a spec without a place of its own. */
export function profileReader(spec: Input): ReadProfile | undefined {
  const { path } = spec;
  return path === undefined ? undefined : (profile) => readSmallFile(resolve(dirname(path), profile));
}

/** A text file that lies beside a spec, or why it cannot be read. */
export function readSmallFile(path: string): ReturnType<ReadProfile> {
  if (path.includes("\0")) return { error: "no path: it has a NUL character" };
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return { error: "not a file" };
    if (stats.size > sizeLimit) return { error: "more than 64 MiB" };
    const text = decodeUtf8(readFileSync(path));
    return text === undefined ? { error: "not UTF-8" } : { text };
  } catch (error) {
    if (!isFileError(error)) throw error;
    return { error: error.code === "ENOENT" ? "no such file" : explain(error).found };
  }
}
