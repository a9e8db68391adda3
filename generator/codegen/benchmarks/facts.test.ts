import { expect, test } from "vitest";
import { batches as matrix } from "../../bench/matrix.ts";
import type { Batch, Evidence } from "../../evidence/schema.ts";
import { caveatsOf } from "./caveats.ts";
import { commandsOf, factsIn } from "./facts.ts";
import { evidenceOf, row } from "./testing/measured.ts";

/** Two batches, `a` and `b`. */
const both = (a: Partial<Batch>, b: Partial<Batch>): Evidence => {
  const [first, second] = [
    evidenceOf([], { id: "a", ...a }),
    evidenceOf([row("X", {}, 1)], { id: "b", ...b }),
  ];
  return { ...first, batches: [...first.batches, ...second.batches], rows: second.rows };
};

const fact = (evidence: Evidence, wanted: string): string | undefined =>
  factsIn(evidence).find(({ name }) => name === wanted)?.text;

test("what all batches share stands once, what they do not with the batches that have it", () => {
  const evidence = both({ kernel: "6.18" }, { kernel: "6.19" });
  expect(fact(evidence, "Kernel")).toBe("6.18 (a); 6.19 (b)");
  expect(fact(evidence, "Processors")).toBe("2");
});

test("fio in place of a server is named as what it is", () => {
  const evidence = both({ engine: "postgresql", engineVersion: "18.6" }, { engineVersion: "fio 3.33" });
  expect(fact(evidence, "Databases")).toBe("PostgreSQL 18.6 and fio 3.33");
});

test.each([
  [null, null, "not recorded"],
  ["2026-11-26", "2026-11-26", "2026-11-26"],
  ["2026-11-28", "2026-11-26", "2026-11-26 to 2026-11-28"],
  [null, "2026-11-26", "2026-11-26, where recorded"],
])("days %s and %s: %s", (a, b, text) => {
  expect(fact(both({ date: a }, { date: b }), "Days")).toBe(text);
});

const commanded = (id: string, options = "--rounds 3") => ({
  id,
  reproduce: `dbtrfs bench TARGET --batch ${id} ${options}`,
});

test("one command runs all again that was measured alike", () => {
  expect(commandsOf(both(commanded("a"), commanded("b")))).toEqual([
    "npm run bench -- TARGET --batch a,b --rounds 3",
  ]);
  expect(commandsOf(both(commanded("a"), commanded("b", "--rounds 3 --seconds 60")))).toEqual([
    "npm run bench -- TARGET --batch a --rounds 3",
    "npm run bench -- TARGET --batch b --rounds 3 --seconds 60",
  ]);
});

test("it has the rounds of the batch that was measured most often", () => {
  expect(commandsOf(both(commanded("a"), commanded("b", "--rounds 10")))).toEqual([
    "npm run bench -- TARGET --batch a,b --rounds 10",
  ]);
});

test("the whole matrix needs no names", () => {
  const [a, b] = [both(commanded("a"), commanded("b")), matrix.map(({ id }) => commanded(id))];
  const all = b.map((named) => ({ ...a.batches[0], ...named }) as Batch);
  expect(commandsOf({ ...a, batches: all })).toEqual(["npm run bench -- TARGET --rounds 3"]);
});

test("what people did by hand is told, and is no command", () => {
  const evidence = both(commanded("a"), { reproduce: "By hand." });
  expect(commandsOf(evidence)).toEqual(["npm run bench -- TARGET --batch a --rounds 3"]);
  expect(fact(evidence, "Run again")).toBe("By hand.");
  expect(fact(both(commanded("a"), commanded("b")), "Run again")).toBe(undefined);
});

test("caveats name the batches that they hold for", () => {
  const caveats = caveatsOf(
    both(
      { deviceKind: "loop", device: "loop devices on a file", noisePercent: 0 },
      { cpus: 8, representative: false },
    ),
  );
  expect(caveats).toContainEqual(expect.stringMatching(/^1 batch \(a\) ran on loop devices/));
  expect(caveats).toContainEqual(expect.stringMatching(/^Loop devices have no forced writes/));
  expect(caveats).toContainEqual(expect.stringMatching(/^1 batch \(a\) had one run of each layout/));
  expect(caveats).toContainEqual(
    expect.stringMatching(/^1 batch \(b\) did not run a server as a plan sets it/),
  );
  expect(caveats).toContainEqual(expect.stringMatching(/^The machine had 2 or 8 processors/));
  expect(caveats.join()).not.toContain("One machine");
});

test("caveats that do not hold are left out, and the file's own notes follow", () => {
  const caveats = caveatsOf({ ...both({}, {}), notes: ["A note."] });
  expect(caveats.join()).not.toMatch(/loop|forced|as a plan sets|one run|snapshots/);
  expect(caveats.at(-1)).toBe("A note.");
});
