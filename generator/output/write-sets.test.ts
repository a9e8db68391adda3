import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execaNode } from "execa";
import { expect, test } from "vitest";
import { Refusal } from "../refusal.ts";
import { checkSet } from "./check-set.ts";
import type { OnStep } from "./steps.ts";
import { syncFilesystem } from "./sync.ts";
import { contentOf, contentOfSet, sets, temporaryDirectory } from "./testing/sets.ts";
import { writeSet } from "./write-set.ts";
import { type SetToWrite, writeSets as writeAll } from "./write-sets.ts";

/** Tells how many changes each took. */
const writeSets = (sets: readonly SetToWrite[], flush: () => void, onStep?: OnStep) =>
  writeAll(sets, ({ changes }) => changes.length, flush, onStep);

const noFlush = () => {};

const withPears = () => {
  const directory = temporaryDirectory();
  for (const name of ["one", "two"]) writeSet(join(directory, name), sets.pears);
  return directory;
};

const both = (directory: string): SetToWrite[] =>
  ["one", "two"].map((name) => ({ name: join(directory, name), files: sets.apples }));

test("each directory holds its set afterwards, and nothing of the work", () => {
  const directory = temporaryDirectory();
  writeSet(join(directory, "one"), sets.pears);
  const written = writeSets(both(directory), noFlush);
  expect(written).toEqual([{ told: 4 }, { told: 4 }]);
  for (const name of ["one", "two"])
    expect(contentOf(join(directory, name))).toEqual(contentOfSet(sets.apples));
  expect(writeSets(both(directory), noFlush)).toEqual([{ told: 0 }, { told: 0 }]);
});

test("a flush lies between drafts, journals, moves and the journals' end", () => {
  const steps: string[] = [];
  writeSets(
    both(withPears()),
    () => steps.push("flush"),
    (step) => steps.push(step),
  );
  const phases = steps.join("\n").split("flush");
  const kinds = phases.map((phase) => [
    /^write /m.test(phase),
    /^rename .*dbtrfs-staged\/.dbtrfs-commit.json/m.test(phase),
    /^rename .*dbtrfs-staged\/disko.nix/m.test(phase),
    /^unlink .*dbtrfs-commit.json/m.test(phase),
  ]);
  const [yes, no] = [true, false];
  expect(kinds).toEqual([
    [yes, no, no, no],
    [no, yes, no, no],
    [no, no, yes, no],
    [no, no, no, yes],
  ]);
});

test("one that is refused stops no other", () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, "one"));
  writeFileSync(join(directory, "one", "disko.nix"), "{ }\n");
  const [one, two] = writeSets(both(directory), noFlush);
  expect(one && "error" in one && one.error).toBeInstanceOf(Refusal);
  expect(two).toEqual({ told: 4 });
  expect(contentOf(join(directory, "one"))).toEqual({ "disko.nix": "{ }\n" });
  expect(contentOf(join(directory, "two"))).toEqual(contentOfSet(sets.apples));
});

test("new directories appear whole, when their content has been flushed", () => {
  const steps: string[] = [];
  const directory = temporaryDirectory();
  writeSets(
    both(directory),
    () => steps.push("flush"),
    (step) => steps.push(step),
  );
  const flushed = steps.indexOf("flush");
  expect(steps.slice(flushed + 1)).toEqual(
    ["one", "two"].map((name) => `rename ${join(directory, `.dbtrfs-new-${name}`)} ${join(directory, name)}`),
  );
});

test("one whose stage vanishes midway is let go, with its lock", () => {
  const directory = withPears();
  let flushes = 0;
  const [one, two] = writeSets(both(directory), () => {
    flushes += 1;
    if (flushes === 1) rmSync(join(directory, "one", ".dbtrfs-staged"), { recursive: true });
  });
  expect(one && "error" in one && one.error).toBeInstanceOf(Refusal);
  expect(two).toEqual({ told: 4 });
  expect(contentOf(join(directory, "two"))).toEqual(contentOfSet(sets.apples));
  writeSet(join(directory, "one"), sets.apples);
  expect(contentOf(join(directory, "one"))).toEqual(contentOfSet(sets.apples));
});

test("a kill before any step leaves each directory with the old set or the new one", {
  timeout: 120_000,
}, async () => {
  const child = fileURLToPath(new URL("testing/crash-sets-child.ts", import.meta.url));
  let steps = 0;
  writeSets(both(withPears()), noFlush, () => steps++);
  const winners = new Set<string>();
  for (let fatal = 1; fatal <= steps; fatal += 3) {
    const directory = withPears();
    const { signal, stderr } = await execaNode(child, [directory, `${fatal}`], { reject: false });
    expect(signal, stderr).toBe("SIGKILL");
    for (const name of ["one", "two"].map((each) => join(directory, each))) {
      const won = checkSet(name, sets.apples).findings.length === 0 ? "new" : "old";
      expect(checkSet(name, won === "new" ? sets.apples : sets.pears).findings).toEqual([]);
      winners.add(won);
      writeSet(name, sets.cherries);
      expect(contentOf(name)).toEqual(contentOfSet(sets.cherries));
    }
  }
  expect([...winners]).toEqual(["old", "new"]);
});

test("a kill before any step leaves a new directory whole or not there", { timeout: 120_000 }, async () => {
  const child = fileURLToPath(new URL("testing/crash-sets-child.ts", import.meta.url));
  let steps = 0;
  writeSets(both(temporaryDirectory()), noFlush, () => steps++);
  for (let fatal = 2; fatal <= steps; fatal += 3) {
    const directory = temporaryDirectory();
    const { signal, stderr } = await execaNode(child, [directory, `${fatal}`], { reject: false });
    expect(signal, stderr).toBe("SIGKILL");
    for (const name of ["one", "two"].filter((each) => existsSync(join(directory, each))))
      expect(contentOf(join(directory, name))).toEqual(contentOfSet(sets.apples));
    writeSets(both(directory), noFlush);
    for (const name of ["one", "two"])
      expect(contentOf(join(directory, name))).toEqual(contentOfSet(sets.apples));
    expect(readdirSync(directory).sort()).toEqual(["one", "two"]);
  }
});

test("the file system of a directory can be flushed, and that of none cannot", () => {
  expect(syncFilesystem(temporaryDirectory())).toBe(true);
  expect(syncFilesystem("/no/such/directory")).toBe(false);
});
