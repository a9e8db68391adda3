import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { parseJson } from "../json-text.ts";
import type { Problem } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import { pointerTo } from "../spec/pointer.ts";
import { diskKinds } from "../spec/schema.ts";
import type { Machine } from "./machine.ts";
import type { Medium } from "./medium.ts";
import type { Trial } from "./trial.ts";

/** A trial as it is kept, a line each, so that a run that was stopped goes on behind the last. */
export interface Kept {
  readonly batch: string;
  /** What else decides the result: a quick run is no part of a long one. */
  readonly circumstances: string;
  readonly date: string;
  readonly version: string;
  readonly settings: string;
  readonly machine: Machine;
  readonly medium: Medium;
  readonly trial: Trial;
}

const amount = z.number().nonnegative();

const trial = z.strictObject({
  candidate: z.string(),
  round: z.int().positive(),
  observed: z.strictObject({
    transactions: amount,
    seconds: z.number().positive(),
    latency: z.strictObject({ p50: amount, p95: amount, p99: amount, max: amount }),
  }),
  bytesWritten: amount,
  flushes: amount.exactOptional(),
  cpuMilliseconds: amount,
  extents: amount,
  scanMiBPerSecond: amount,
  usedBytes: amount,
  dataBytes: amount,
  dataFilesBytes: amount,
  logicalBytes: amount,
  snapshotMilliseconds: z.array(amount),
  recoverySeconds: amount,
  othersShare: amount,
});

const line = z.strictObject({
  batch: z.string(),
  circumstances: z.string(),
  date: z.iso.date(),
  version: z.string(),
  settings: z.string(),
  machine: z.strictObject({ kernel: z.string(), cpus: z.int().positive() }),
  medium: z.strictObject({ about: z.string(), kind: z.enum([...diskKinds, "loop"]) }),
  trial,
});

const problem = (file: string, number: number, pointer: string, found: string): Problem => ({
  file: `${file}, line ${number}`,
  pointer,
  found,
  allowed: "a trial as this version of bench keeps it",
  fix: "remove the line, and the trial is run again; or name another file with --trials",
});

/** A run that lost its power leaves half a line. */
const readLine = (file: string, text: string, number: number): Kept | Problem => {
  const json = parseJson(text);
  if ("error" in json) return problem(file, number, "", json.error);
  const parsed = line.safeParse(json.document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return problem(file, number, pointerTo((issue?.path ?? []) as (string | number)[]), issue?.message ?? "");
};

/** The trials of a file, none where there is no such file. Throws a Refusal that names each line that is none. */
export const readKept = (file: string): Kept[] => {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  const read = lines.flatMap((text, at) => (text === "" ? [] : [readLine(file, text, at + 1)]));
  const problems = read.filter((one): one is Problem => "found" in one);
  if (problems.length > 0) throw new Refusal(problems);
  return read.filter((one): one is Kept => "trial" in one);
};
