import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A line of results.jsonl, as `npm run lab -- … --results FILE` appends it. */
export interface Result {
  readonly host: string;
  readonly scenario: string;
  readonly machine: string;
  readonly ok: boolean;
  readonly kernel: string;
  readonly counts: Readonly<Record<string, number | string>>;
  /** What was different from what the command gives today. */
  readonly note?: string;
}

/** The committed results, in the order in which they were made. */
export const readResults = (): Result[] =>
  readFileSync(join(import.meta.dirname, "results.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Result);
