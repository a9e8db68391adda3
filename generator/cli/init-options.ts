import type { Question } from "../init/question.ts";
import { questions } from "../init/questions.ts";
import type { Option, Options } from "./args.ts";
import { usageError } from "./usage.ts";

const optionOf = ({ value, choices, summary }: Question): Option => ({
  type: "string",
  value,
  ...(choices ? { choices } : {}),
  summary,
});

/** A flag for every question. */
export const initOptions: Options = {
  ...Object.fromEntries(questions.map((question) => [question.name, optionOf(question)])),
  out: {
    type: "string",
    short: "o",
    value: "FILE",
    summary: "write here (HOST.json); - for standard output",
  },
  force: { type: "boolean", summary: "overwrite FILE" },
};

/** What a valid command line asks for. */
export interface InitRequest {
  /** Answers that flags give, by the question's name. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  /** Undefined for a file named after the host. */
  readonly out: string | undefined;
  readonly force: boolean;
}

/** Throws a ProblemsError that names the mistake. */
export const initRequest = (
  values: Readonly<Record<string, string | boolean | undefined>>,
  operands: readonly string[],
): InitRequest => {
  if (operands.length > 0)
    throw usageError(
      `dbtrfs init ${operands.join(" ")}`,
      "dbtrfs init and options",
      `write dbtrfs init --out ${operands[0]}`,
    );
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string | undefined] => typeof entry[1] !== "boolean",
  );
  const { out, ...flags } = Object.fromEntries(texts);
  return { flags, out, force: values.force === true };
};
