import { type Problem, ProblemsError } from "../problem.ts";
import type { Arguments, Options } from "./args.ts";
import { commonOptions } from "./command.ts";
import type { Mode } from "./fleet/host-task.ts";
import { usageProblem } from "./usage.ts";

export const fleetOptions = {
  out: { type: "string", short: "o", value: "DIR", summary: "where hosts/ and fleet.nix are, or go" },
  check: { type: "boolean", summary: "write nothing; say which hosts are stale in DIR" },
  diff: { type: "boolean", summary: "write nothing; sum up what would change, over all hosts" },
  relayout: { type: "boolean", summary: "let hosts change the storage layout that DIR has" },
  json: { type: "boolean", summary: "print what was found or done, and problems, as JSON" },
  evidence: {
    type: "string",
    value: "FILE",
    summary: "decide on these measurements, not on the built-in ones",
  },
  ...commonOptions,
} as const satisfies Options;

/** What a valid command line asks for. */
export interface FleetRequest {
  readonly fleet: string;
  readonly out: string;
  readonly evidence: string | undefined;
  readonly json: boolean;
  readonly mode: Mode;
}

type Values = Arguments<typeof fleetOptions>["values"];

const example = "write dbtrfs fleet plan fleet.json --out fleet";

const operandProblems = ([action, fleet, ...more]: readonly string[]): Problem[] => {
  if (action !== "plan")
    return [usageProblem(action === undefined ? "no action" : `fleet ${action}`, "fleet plan", example)];
  if (fleet === undefined) return [usageProblem("no FLEET", "one FLEET, a file", example)];
  if (fleet === "-")
    return [usageProblem("FLEET -", "a file: inventories and profiles lie beside it", "put it into a file")];
  return more.length > 0
    ? [usageProblem(`${more.length + 1} files`, "one FLEET", "plan one fleet at a time")]
    : [];
};

const optionRules: readonly {
  broken: (values: Values) => boolean;
  found: string;
  allowed: string;
  fix: string;
}[] = [
  {
    broken: ({ out }) => out === undefined,
    found: "no --out",
    allowed: "--out DIR",
    fix: "name the directory that the hosts' folders go to",
  },
  {
    broken: ({ check, diff }) => check && diff,
    found: "--check and --diff",
    allowed: "one of them",
    fix: "leave one out; both exit 1 where DIR is stale",
  },
  {
    broken: ({ relayout, check, diff }) => relayout && (check || diff),
    found: "--relayout with --check or --diff",
    allowed: "--relayout where files are written",
    fix: "leave it out; --check and --diff compare whatever the layout",
  },
];

const optionProblems = (values: Values): Problem[] =>
  optionRules
    .filter(({ broken }) => broken(values))
    .map(({ found, allowed, fix }) => usageProblem(found, allowed, fix));

/** Throws a ProblemsError that names every mistake. */
export const fleetRequest = ({ values, operands }: Arguments<typeof fleetOptions>): FleetRequest => {
  const problems = [...operandProblems(operands), ...optionProblems(values)];
  const { out, check, diff, relayout, evidence, json } = values;
  const fleet = operands[1];
  if (problems.length > 0 || fleet === undefined || out === undefined) throw new ProblemsError(problems);
  const mode: Mode = check || diff ? { kind: check ? "check" : "diff" } : { kind: "write", relayout };
  return { fleet, out, evidence, json, mode };
};
