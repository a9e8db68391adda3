import { parseArgs } from "node:util";
import { didYouMean } from "../did-you-mean.ts";
import { type Problem, ProblemsError } from "../problem.ts";
import { usageProblem } from "./usage.ts";

export interface Option {
  type: "boolean" | "string";
  short?: string;
  /** What the value is, in capitals, for the help; only with type "string". */
  value?: string;
  /** All values that there are; others are refused. */
  choices?: readonly string[];
  summary: string;
}

export type Options = Readonly<Record<string, Option>>;

/** Flags that were not given are false, values that were not given are undefined. */
export type Values<O extends Options> = { readonly [Name in keyof O]: Value<O[Name]> };

type Value<O extends Option> = O extends { readonly choices: readonly (infer Choice)[] }
  ? Choice | undefined
  : O["type"] extends "string"
    ? string | undefined
    : boolean;

export interface Arguments<O extends Options> {
  values: Values<O>;
  operands: string[];
}

type Token = ReturnType<typeof tokenize>[number];
type OptionToken = Extract<Token, { kind: "option" }>;

/** Throws a ProblemsError that names every mistake at once. */
export function parseArguments<O extends Options>(args: readonly string[], options: O): Arguments<O> {
  const tokens = tokenize(args, options);
  const given = tokens.filter((token) => token.kind === "option");
  const problems = given.flatMap((token, index) => optionProblems(token, given.slice(0, index), options));
  if (problems.length > 0) throw new ProblemsError(problems);
  return {
    values: valuesOf(given, options),
    operands: tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : [])),
  };
}

/** parseArgs splits; its own strict mode stops at the first mistake and suggests nothing. */
const tokenize = (args: readonly string[], options: Options) =>
  parseArgs({
    args: [...args],
    options: parserOptions(options),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;

const parserOptions = (options: Options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, short }]) => [name, short ? { type, short } : { type }]),
  );

function valuesOf<O extends Options>(given: readonly OptionToken[], options: O): Values<O> {
  const values = Object.entries(options).map(([name, { type }]) => {
    const token = given.find((candidate) => candidate.name === name);
    return [name, type === "boolean" ? token !== undefined : token?.value];
  });
  return Object.fromEntries(values) as Values<O>;
}

function optionProblems(token: OptionToken, earlier: readonly OptionToken[], options: Options): Problem[] {
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (option === undefined) return [unknownOption(token, options)];
  const problems = option.type === "boolean" ? flagProblems(token) : valueProblems(token, option);
  if (!earlier.some(({ name }) => name === token.name)) return problems;
  return [
    ...problems,
    usageProblem(`${token.rawName} more than once`, `--${token.name} once`, "leave one out"),
  ];
}

function unknownOption({ rawName }: OptionToken, options: Options): Problem {
  const known = Object.keys(options).map((name) => `--${name}`);
  const meant = didYouMean(rawName, known);
  const fix = meant ? `did you mean ${meant}?` : "leave it out; --help says what each option does";
  return usageProblem(`unknown option ${rawName}`, known.join(", "), fix);
}

const flagProblems = ({ rawName, value }: OptionToken): Problem[] =>
  value === undefined
    ? []
    : [usageProblem(`${rawName}=${value}`, `${rawName}, which takes no value`, `write ${rawName}`)];

function valueProblems({ rawName, value, inlineValue }: OptionToken, option: Option): Problem[] {
  const wanted = `${rawName} ${option.value}`;
  if (!value) return [usageProblem(`${rawName} without a value`, wanted, `write ${wanted}`)];
  if (inlineValue || value === "-" || !value.startsWith("-")) return choiceProblems(rawName, value, option);
  const fix = `write ${wanted}; for a name that begins with a dash, ${rawName}=${value}`;
  return [usageProblem(`${rawName} followed by the option ${value}`, wanted, fix)];
}

function choiceProblems(rawName: string, value: string, { choices }: Option): Problem[] {
  if (choices === undefined || choices.includes(value)) return [];
  const meant = didYouMean(value, choices);
  const fix = meant ? `did you mean ${rawName} ${meant}?` : "name one of these";
  return [usageProblem(`${rawName} ${value}`, choices.join(", "), fix)];
}
