import { closeSync, openSync, readSync } from "node:fs";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { explain, isFileError } from "../../../output/file-errors.ts";
import type { Compressibility } from "../../capture/storage.ts";
import { type ChosenUnits, chooseUnits, compressibilityOf, unitBytes } from "./compressibility.ts";
import { ask } from "./programs.ts";

/** 24 MiB read, once. */
export const mostUnits = 192;
/** What the files of one component are sampled by at the least, and a single file. */
export const fewUnits = 8;

const seed = 1;

/**
 * Lets the disk serve this thread when nobody else wants it (ioprio_set(2)), from now on. Where there is no ionice the
 * reads are few all the same.
 */
export const readWhenIdle = async (): Promise<void> => {
  await ask("ionice", ["-c", "3", "-p", `${process.pid}`]);
};

interface Read {
  readonly units: readonly Uint8Array[];
  readonly failure: string | null;
}

const readUnit = (file: number, unit: number): Uint8Array => {
  const bytes = new Uint8Array(unitBytes);
  return bytes.subarray(0, readSync(file, bytes, 0, unitBytes, unit * unitBytes));
};

/** On this thread, whose priority is low, with a pause after each unit. A file may shrink meanwhile. */
const readUnits = async (file: number, units: readonly number[]): Promise<readonly Uint8Array[]> => {
  const read: Uint8Array[] = [];
  for (const unit of units) {
    read.push(readUnit(file, unit));
    await setImmediate();
  }
  return read.filter(({ length }) => length > 0);
};

const read = async ({ path, units }: ChosenUnits): Promise<Read> => {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    return { units: await readUnits(file, units), failure: null };
  } catch (error) {
    if (!isFileError(error)) throw error;
    return { units: [], failure: `${path}: ${explain(error).found}` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
};

export interface Sizes {
  readonly path: string;
  readonly bytes: number;
}

export interface Sampled {
  readonly compressibility: Compressibility | null;
  /** Why there is none; null where there is. */
  readonly failure: string | null;
}

/** Reads units at random from all of the files, and what zstd makes of them. */
export const sampleFiles = async (files: readonly Sizes[], count: number): Promise<Sampled> => {
  const found: Read[] = [];
  for (const chosen of chooseUnits(files, count, seed)) found.push(await read(chosen));
  const compressibility = compressibilityOf(found.map(({ units }) => units));
  if (compressibility !== null) return { compressibility, failure: null };
  const failure = found.find((each) => each.failure !== null)?.failure;
  return { compressibility, failure: failure ?? "there is no data in its files" };
};
