import { expect, test } from "vitest";
import { builtInEvidence } from "../evidence/load.ts";
import { evidenceOf } from "./evidence-of.ts";
import { readKept } from "./kept.ts";
import { batches } from "./matrix.ts";

/** As `npm run bench` measures where nothing else is asked. */
const timing = { warmUpSeconds: 4, windowSeconds: 20, snapshotSeconds: null };
const trials = new URL("../evidence/reference.trials.jsonl", import.meta.url).pathname;

test("the shipped evidence is what its trials say", () => {
  const { batches: shipped, rows, title } = builtInEvidence();
  expect(evidenceOf(batches, readKept(trials), timing)).toMatchObject({
    title,
    batches: shipped,
    rows,
  });
});
