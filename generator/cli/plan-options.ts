import { type Problem, ProblemsError } from "../problem.ts";
import type { Arguments, Options } from "./args.ts";
import { usageProblem } from "./usage.ts";

export const planOptions = {
  out: { type: "string", short: "o", value: "DIR", summary: "write the files to DIR, and remove stale ones" },
  check: { type: "boolean", summary: "write nothing; say what is stale in DIR" },
  diff: { type: "boolean", summary: "write nothing; print the patch that a write would be" },
  relayout: { type: "boolean", summary: "let --out change the storage layout that DIR has" },
  json: { type: "boolean", summary: "print plan.json; what --check found and problems as JSON" },
  evidence: {
    type: "string",
    value: "FILE",
    summary: "decide on these measurements, not on the built-in ones",
  },
} as const satisfies Options;

/** What a valid command line asks for. */
export interface PlanRequest {
  /** A path, or "-" for standard input; `evidence` too. */
  spec: string;
  evidence: string | undefined;
  json: boolean;
  delivery:
    | { kind: "print" }
    | { kind: "check" | "diff"; directory: string }
    | { kind: "write"; directory: string; relayout: boolean };
}

/** Throws a ProblemsError that names every mistake. */
export function planRequest({ values, operands }: Arguments<typeof planOptions>): PlanRequest {
  const { json, evidence } = values;
  const problems = [...operandProblems(operands, evidence), ...modeProblems(values)];
  const [spec] = operands;
  if (problems.length > 0 || spec === undefined) throw new ProblemsError(problems);
  return { spec, evidence, json, delivery: deliveryOf(values) };
}

function deliveryOf({ out: directory, check, diff, relayout }: Mode): PlanRequest["delivery"] {
  if (directory === undefined) return { kind: "print" };
  if (check || diff) return { kind: check ? "check" : "diff", directory };
  return { kind: "write", directory, relayout };
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

type Mode = Pick<Arguments<typeof planOptions>["values"], "out" | "check" | "diff" | "relayout" | "json">;

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
    broken: ({ out, relayout }) => relayout && !out,
    found: "--relayout without --out",
    allowed: "--relayout with --out DIR",
    fix: "add --out DIR, the directory whose layout changes",
  },
  {
    broken: ({ relayout, check, diff }) => relayout && (check || diff),
    found: "--relayout with --check or --diff",
    allowed: "--relayout where files are written",
    fix: "leave it out; --check and --diff compare whatever the layout",
  },
  {
    broken: ({ diff, json }) => diff && json,
    found: "--diff and --json",
    allowed: "one of them",
    fix: "--check --json says in JSON what differs",
  },
];
