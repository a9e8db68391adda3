import { expect, test } from "vitest";
import { formatProblems, type Problem, ProblemsError, problemsJson } from "./problem.ts";
import { Refusal } from "./refusal.ts";

const engine: Problem = {
  file: "db1.json",
  pointer: "/databases/0/engine",
  found: '"postgres"',
  allowed: "postgresql, mysql, mariadb, sqlite",
  fix: 'write "postgresql"',
};

test("a problem names file, pointer, what was found, what is allowed and the fix", () => {
  expect(formatProblems([engine])).toBe(
    [
      "error: db1.json#/databases/0/engine",
      '  found:   "postgres"',
      "  allowed: postgresql, mysql, mariadb, sqlite",
      '  fix:     write "postgresql"',
      "",
    ].join("\n"),
  );
});

test("problems are separate blocks, and a field without text has no line", () => {
  const whole = { ...engine, pointer: "", found: "no such file", allowed: "" };
  const text = 'error: db1.json\n  found:   no such file\n  fix:     write "postgresql"\n';
  expect(formatProblems([whole, whole])).toBe(`${text}\n${text}`);
});

test("a field of several lines stays inside its block", () => {
  expect(formatProblems([{ ...engine, fix: "write one of\nthese" }])).toContain(
    "  fix:     write one of\n           these\n",
  );
});

test("escape sequences from a file do not reach the terminal", () => {
  const hostile = formatProblems([{ ...engine, found: "\u001b[2J\u202egpj.exe", file: "a\rb" }]);
  expect(hostile).toContain("found:   \\u{1b}[2J\\u{202e}gpj.exe");
  expect(hostile).toContain("error: a\\u{d}b#");
});

test("looks are the caller's choice", () => {
  const marked = formatProblems([engine], (look, text) => `<${look}>${text}</>`);
  expect(marked).toContain("<alarm>error:</> <strong>db1.json#/databases/0/engine</>");
});

test("the JSON form holds the problems as they are", () => {
  expect(JSON.parse(problemsJson([engine]))).toEqual({ problems: [engine] });
});

test("a bad spec exits 2, a refusal 3, and both read well without a handler", () => {
  const bad = new ProblemsError([engine]);
  const refused = new Refusal([engine]);
  expect([bad.exitCode, refused.exitCode]).toEqual([2, 3]);
  expect(refused).toBeInstanceOf(ProblemsError);
  expect(`${refused}`).toContain('Refusal: error: db1.json#/databases/0/engine\n  found:   "postgres"');
});
