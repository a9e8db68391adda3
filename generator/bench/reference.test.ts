import { expect, test } from "vitest";
import { builtInEvidence } from "../evidence/load.ts";
import { evidenceOf } from "./evidence-of.ts";
import { batches } from "./matrix.ts";
import { readKept } from "./session.ts";

/** As `npm run bench` measures where nothing else is asked. */
const timing = { warmUpSeconds: 4, windowSeconds: 20, snapshotSeconds: null };
const trials = new URL("../evidence/reference.trials.jsonl", import.meta.url).pathname;

test("the shipped evidence is what its trials say", () => {
  const { batches: shipped, rows, title } = builtInEvidence();
  const [{ kernel, cpus } = { kernel: "", cpus: 0 }] = shipped;
  expect(evidenceOf(batches, readKept(trials), timing, { kernel, cpus })).toMatchObject({
    title,
    batches: shipped,
    rows,
  });
});
