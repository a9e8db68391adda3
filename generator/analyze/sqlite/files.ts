import { closeSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { isFileError } from "../../output/file-errors.ts";

/** Reads bytes of a file; what lies behind its end is missing from the result. */
export type ReadAt = (offset: number, length: number) => Buffer;

const gone = new Set(["ENOENT", "ENOTDIR"]);

/** Null where there is no such file. */
export const statOf = (path: string): Stats | null => statSync(path, { throwIfNoEntry: false }) ?? null;

/**
 * Opens for reading and nothing else: no lock is taken, so no writer waits, and no file is made, which SQLite would
 * do for a log (`-shm`). Null where there is no such file. Throws what open(2) and read(2) say.
 */
export const reading = <T>(path: string, use: (read: ReadAt) => T): T | null => {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if (isFileError(error) && gone.has(error.code)) return null;
    throw error;
  }
  try {
    return use((offset, length) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(file, buffer, 0, length, offset));
    });
  } finally {
    closeSync(file);
  }
};
