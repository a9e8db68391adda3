import type { Arguments, Options, Values } from "./args.ts";
import { colourWishes } from "./colour.ts";
import type { Streams } from "./streams.ts";

/** What a shell may complete: names of files, of directories, these words, or nothing that can be known. */
export type Completion = "file" | "directory" | "nothing" | readonly string[];

export interface Command<O extends Options = Options> {
  /** What follows the command's name: "SPEC [options]"; several ways with " | " between them. */
  usage: string;
  /** One paragraph or more; lines of at most 80 characters. */
  about: string;
  options: O;
  /** What the operands are, in order, for the shell's completion; the last one for all that follow. */
  operands?: readonly Completion[];
  /** Command lines and what they do. */
  examples: readonly (readonly [line: string, does: string])[];
  /** Returns the exit status; throws a ProblemsError for what the user can put right. */
  run(args: Arguments<O>, streams: Streams): Promise<number>;
}

export interface CommandEntry {
  name: string;
  summary: string;
  /** Imports the command, so that none costs the others start-up time. */
  load(): Promise<Command>;
}

/** A command with what the table says of it. */
export type NamedCommand = Command & Pick<CommandEntry, "name" | "summary">;

export const loadAll = (commands: readonly CommandEntry[]): Promise<NamedCommand[]> =>
  Promise.all(commands.map(async ({ name, summary, load }) => ({ name, summary, ...(await load()) })));

export const helpOption = { type: "boolean", short: "h", summary: "print this help" } as const;

export const colourOption = {
  type: "string",
  value: "WHEN",
  choices: colourWishes,
  summary: "colour: auto (on terminals, the default), always, never",
} as const;

/** What every command takes; `run` sees to it. */
export const commonOptions = {
  color: colourOption,
  quiet: { type: "boolean", short: "q", summary: "print the product and problems, nothing else" },
  help: helpOption,
} as const satisfies Options;

export type CommonValues = Values<typeof commonOptions>;

/** Adds the common options, ties `run` to the command's own, and forgets them towards the table. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command => {
  const own = Object.entries(command.options).filter(([name]) => !Object.hasOwn(commonOptions, name));
  const options = { ...Object.fromEntries(own), ...commonOptions };
  return { ...command, options } as unknown as Command;
};
