import { type Code, code } from "./code.ts";

/** A helper that templates may call; the function of the same name is in `generator/render/helpers.ts`. */
export interface Helper {
  readonly name: string;
  readonly usage: string;
  readonly arity: readonly [min: number, max: number];
  /** The language whose markup the result is; it is printed as it stands. Without one the result is a plain value. */
  readonly markup?: string;
  /** Written in place instead of a call, so that tsc narrows what is compared. */
  readonly condition?: (...operands: Code[]) => Code;
}

const helpers: readonly Helper[] = [
  { name: "code", usage: "code text", arity: [1, 1], markup: "md" },
  { name: "cell", usage: "cell text", arity: [1, 1], markup: "md" },
  { name: "fence", usage: 'fence "language" text', arity: [2, 2], markup: "md" },
  { name: "join", usage: 'join list "separator"', arity: [2, 2] },
  { name: "round", usage: "round number digits", arity: [1, 2] },
  { name: "eq", usage: "eq a b", arity: [2, 2], condition: (a, b) => code`${a ?? ""} === ${b ?? ""}` },
];

export const findHelper = (name: string): Helper | undefined =>
  helpers.find((helper) => helper.name === name);

export const helperUsages = helpers.map(({ usage }) => `(${usage})`).join(", ");

/** Names that Handlebars takes for a helper wherever they stand alone. */
const builtin = new Set([
  "if",
  "unless",
  "each",
  "with",
  "lookup",
  "log",
  "helperMissing",
  "blockHelperMissing",
]);

export const isHelperName = (name: string): boolean => builtin.has(name) || findHelper(name) !== undefined;
