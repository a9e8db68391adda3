import { type Problem, ProblemsError } from "../problem.ts";
import type { Arguments, Options } from "./args.ts";
import { helpOption } from "./command.ts";
import { usageProblem } from "./usage.ts";

export const planOptions = {
  out: { type: "string", short: "o", value: "DIR", summary: "write the files to DIR, and remove stale ones" },
  check: { type: "boolean", summary: "write nothing; say what is stale in DIR" },
  diff: { type: "boolean", summary: "write nothing; print the patch that a write would be" },
  json: { type: "boolean", summary: "print plan.json; what --check found and problems as JSON" },
  evidence: {
    type: "string",
    value: "FILE",
    summary: "decide on these measurements, not on the built-in ones",
  },
  quiet: { type: "boolean", short: "q", summary: "print the product and problems, nothing else" },
  help: helpOption,
} as const satisfies Options;

/** What a valid command line asks for. */
export interface PlanRequest {
  /** A path, or "-" for standard input; `evidence` too. */
  spec: string;
  evidence: string | undefined;
  json: boolean;
  quiet: boolean;
  delivery: { kind: "print" } | { kind: "write" | "check" | "diff"; directory: string };
}

/** Throws a ProblemsError that names every mistake. */
export function planRequest({ values, operands }: Arguments<typeof planOptions>): PlanRequest {
  const { out: directory, check, diff, json, evidence, quiet } = values;
  const problems = [...operandProblems(operands, evidence), ...modeProblems(values)];
  const [spec] = operands;
  if (problems.length > 0 || spec === undefined) throw new ProblemsError(problems);
  const kind = check ? "check" : diff ? "diff" : "write";
  return { spec, evidence, json, quiet, delivery: directory ? { kind, directory } : { kind: "print" } };
}

function operandProblems(operands: readonly string[], evidence: string | undefined): Problem[] {
  const [spec, ...more] = operands;
  const one = "one SPEC: a file, or - for standard input";
  if (spec === undefined) return [usageProblem("no SPEC", one, "write dbtrfs plan db1.json")];
  if (more.length > 0) return [usageProblem(`${operands.length} files`, one, "plan one host at a time")];
  if (spec === "-" && evidence === "-") {
    return [
      usageProblem("- twice", "standard input for one of them", "put the evidence or the spec in a file"),
    ];
  }
  return [];
}

type Mode = Pick<Arguments<typeof planOptions>["values"], "out" | "check" | "diff" | "json">;

const modeProblems = (mode: Mode): Problem[] =>
  modeRules
    .filter(({ broken }) => broken(mode))
    .map(({ found, allowed, fix }) => usageProblem(found, allowed, fix));

const modeRules: { broken: (mode: Mode) => boolean; found: string; allowed: string; fix: string }[] = [
  {
    broken: ({ out, check }) => check && !out,
    found: "--check without --out",
    allowed: "--check with --out DIR",
    fix: "add --out DIR, the directory to check",
  },
  {
    broken: ({ out, diff }) => diff && !out,
    found: "--diff without --out",
    allowed: "--diff with --out DIR",
    fix: "add --out DIR, the directory to compare with",
  },
  {
    broken: ({ check, diff }) => check && diff,
    found: "--check and --diff",
    allowed: "one of them",
    fix: "leave one out; both exit 1 where DIR is stale",
  },
  {
    broken: ({ diff, json }) => diff && json,
    found: "--diff and --json",
    allowed: "one of them",
    fix: "--check --json says in JSON what differs",
  },
];
