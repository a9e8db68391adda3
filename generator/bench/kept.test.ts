import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProblemsError } from "../problem.ts";
import { readKept } from "./kept.ts";

const shipped = new URL("../evidence/reference.trials.jsonl", import.meta.url).pathname;
const [whole = ""] = readFileSync(shipped, "utf8").split("\n");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const problemsOf = (text: string) => {
  const file = join(folder, "trials.jsonl");
  writeFileSync(file, text);
  try {
    readKept(file);
    return [];
  } catch (error) {
    return error instanceof ProblemsError ? error.problems : [error];
  }
};

test("a first run has no trials yet", () => {
  expect(readKept(join(folder, "none.jsonl"))).toEqual([]);
});

test("half a line, as a power cut leaves it, is named with its number and what to do", () => {
  const [problem, ...others] = problemsOf(`${whole}\n${whole.slice(0, 100)}`);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    file: join(folder, "trials.jsonl, line 2"),
    fix: expect.stringMatching(/^remove the line/),
  });
});

test("each line that another version kept is named with what it lacks", () => {
  const { machine: _machine, ...old } = JSON.parse(whole);
  const problems = problemsOf(`${JSON.stringify(old)}\n${whole}\n${JSON.stringify(old)}\n`);
  expect(problems).toMatchObject([{ pointer: "/machine" }, { pointer: "/machine" }]);
});

test("lines that are whole are no mistake", () => {
  expect(problemsOf(`${whole}\n${whole}\n`)).toEqual([]);
});
