import type { Arguments, Options } from "./args.ts";
import type { Streams } from "./streams.ts";

export interface Command<O extends Options = Options> {
  /** What follows the command's name: "SPEC [options]". */
  usage: string;
  /** One paragraph or more; lines of at most 80 characters. */
  about: string;
  options: O;
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

export const helpOption = { type: "boolean", short: "h", summary: "print this help" } as const;

/** Ties `run` to the command's own options, and forgets them towards the table. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command =>
  command as unknown as Command;
