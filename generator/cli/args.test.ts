import { expect, test } from "vitest";
import { ProblemsError } from "../problem.ts";
import { parseArguments } from "./args.ts";

const options = {
  out: { type: "string", short: "o", value: "DIR", summary: "" },
  check: { type: "boolean", summary: "" },
  quiet: { type: "boolean", short: "q", summary: "" },
  color: { type: "string", value: "WHEN", choices: ["auto", "always", "never"], summary: "" },
} as const;

const nothing = { out: undefined, check: false, quiet: false, color: undefined };

test.each([
  [[], nothing, []],
  [["db1.json", "--out", "here", "--check"], { ...nothing, out: "here", check: true }, ["db1.json"]],
  [["--out=-here", "-q", "-"], { ...nothing, out: "-here", quiet: true }, ["-"]],
  [["-qohere"], { ...nothing, out: "here", quiet: true }, []],
  [["--color", "never"], { ...nothing, color: "never" }, []],
  [["--", "--check"], nothing, ["--check"]],
])("%j", (args, values, operands) => {
  expect(parseArguments(args, options)).toEqual({ values, operands });
});

function mistakes(args: string[]): [found: string, fix: string][] {
  try {
    parseArguments(args, options);
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems.map(({ found, fix }) => [found, fix]);
    throw error;
  }
  return [];
}

test.each([
  [["--chekc"], "unknown option --chekc", "did you mean --check?"],
  [["-x"], "unknown option -x", "leave it out; --help says what each option does"],
  [["--toString"], "unknown option --toString", "leave it out; --help says what each option does"],
  [["--check=yes"], "--check=yes", "write --check"],
  [["--out"], "--out without a value", "write --out DIR"],
  [["--out="], "--out without a value", "write --out DIR"],
  [
    ["--out", "--check"],
    "--out followed by the option --check",
    "write --out DIR; for a name that begins with a dash, --out=--check",
  ],
  [["--color", "alwasy"], "--color alwasy", "did you mean --color always?"],
  [["--color=blue"], "--color blue", "name one of these"],
  [["--check", "--check"], "--check more than once", "leave one out"],
])("%j is a mistake", (args, found, fix) => {
  expect(mistakes(args)).toEqual([[found, fix]]);
});

test("all mistakes are named at once", () => {
  expect(mistakes(["--chekc", "--out", "a", "-o", "b", "--quiet=1"]).map(([found]) => found)).toEqual([
    "unknown option --chekc",
    "-o more than once",
    "--quiet=1",
  ]);
});
