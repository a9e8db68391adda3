import { ProblemsError } from "../problem.ts";
import type { Arguments, Options } from "./args.ts";
import { usageProblem } from "./usage.ts";

export const explainOptions = {
  json: { type: "boolean", summary: "print the explanation, or the list, and problems as JSON" },
  evidence: {
    type: "string",
    value: "FILE",
    summary: "the measurements that the plan was or is to be made with",
  },
} as const satisfies Options;

/** What a valid command line asks for. */
export interface ExplainRequest {
  /** A spec, a plan.json, a directory with one, or "-" for a spec or a plan on standard input. */
  readonly subject: string;
  /** The words of the question, joined; undefined to list what can be asked. */
  readonly question: string | undefined;
  readonly evidence: string | undefined;
  readonly json: boolean;
}

/** Throws a ProblemsError that names every mistake. */
export const explainRequest = ({ values, operands }: Arguments<typeof explainOptions>): ExplainRequest => {
  const [subject, ...words] = operands;
  const { evidence, json } = values;
  if (subject === undefined)
    throw new ProblemsError([
      usageProblem(
        "no SPEC and no DIR",
        "SPEC or DIR, then what to explain",
        "write dbtrfs explain db1.json, which lists what can be asked",
      ),
    ]);
  if (subject === "-" && evidence === "-")
    throw new ProblemsError([
      usageProblem("- twice", "standard input for one of them", "put the evidence or the spec in a file"),
    ]);
  return { subject, question: words.length > 0 ? words.join(" ") : undefined, evidence, json };
};
