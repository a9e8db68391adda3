import type { Option } from "../args.ts";
import type { Completion, NamedCommand } from "../command.ts";
import { globalOptions } from "../help.ts";

/** What there is to complete; each shell says it in its own language. */
export interface Completable {
  /** Of `dbtrfs` itself, before a command. */
  readonly options: readonly CompletableOption[];
  readonly commands: readonly CompletableCommand[];
}

export interface CompletableCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletableOption[];
  /** In order; the last one goes for all that follow. */
  readonly operands: readonly Completion[];
}

export interface CompletableOption {
  /** Without dashes. */
  readonly name: string;
  readonly short: string | undefined;
  /** Its value's name, such as DIR; undefined for a flag. */
  readonly value: string | undefined;
  readonly takes: Completion;
  readonly summary: string;
}

/** What a value's name says of it. */
const byName: Readonly<Record<string, Completion>> = { FILE: "file", DIR: "directory" };

const optionOf = ([name, { short, value, choices, summary }]: [string, Option]): CompletableOption => ({
  name,
  short,
  value,
  takes: choices ?? byName[value ?? ""] ?? "nothing",
  summary,
});

const optionsOf = (options: Readonly<Record<string, Option>>) => Object.entries(options).map(optionOf);

export const completable = (commands: readonly NamedCommand[]): Completable => {
  const own = commands.map(({ name, summary, options, operands = ["file"] }) => ({
    name,
    summary,
    options: optionsOf(options),
    operands,
  }));
  const names = commands.map(({ name }) => name);
  const help = { name: "help", summary: "print help", options: [], operands: [names, "nothing"] as const };
  return { options: optionsOf(globalOptions), commands: [...own, help] };
};

/** "--out" and "-o". */
export const forms = ({ name, short }: CompletableOption): readonly string[] => [
  `--${name}`,
  ...(short === undefined ? [] : [`-${short}`]),
];
