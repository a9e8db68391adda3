import type { Style } from "../problem.ts";
import type { Option, Options } from "./args.ts";
import { type Command, type CommandEntry, helpOption } from "./command.ts";

export const globalOptions = {
  version: { type: "boolean", short: "V", summary: "print the version" },
  help: helpOption,
} as const satisfies Options;

const exitStatus: [string, string][] = [
  ["0", "all is well"],
  ["1", "--check or --diff found that DIR is stale; analyze has findings"],
  ["2", "a mistake in the command line or in a file that was read"],
  [
    "3",
    "refused: an invariant would break, DIR cannot be written safely, or a\n      server cannot be measured",
  ],
  ["70", "a bug in dbtrfs"],
];

/** What `dbtrfs` and `dbtrfs help` print. */
export const overview = (commands: readonly CommandEntry[], style: Style): string =>
  sections(style, {
    "": "dbtrfs plans Btrfs storage for PostgreSQL, MySQL, MariaDB and SQLite on NixOS.\n",
    Usage: "  dbtrfs COMMAND [options]\n",
    Commands: table([
      ...commands.map(({ name, summary }): [string, string] => [name, summary]),
      ["help [COMMAND]", "print help"],
    ]),
    Options: optionTable(globalOptions),
    "Exit status": table(exitStatus),
  });

/** What `dbtrfs COMMAND --help` prints. */
export const commandHelp = (name: string, command: Command, style: Style): string =>
  sections(style, {
    "": `${command.about}\n`,
    Usage: `  dbtrfs ${name} ${command.usage}\n`,
    Options: optionTable(command.options),
    Examples: command.examples.map(([line, does]) => `  ${line}\n      ${does}\n`).join(""),
    "Exit status": table(exitStatus),
  });

const sections = (style: Style, texts: Record<string, string>): string =>
  Object.entries(texts)
    .filter(([, text]) => text !== "")
    .map(([title, text]) => (title ? `${style("strong", `${title}:`)}\n${text}` : text))
    .join("\n");

const optionTable = (options: Options): string =>
  table(Object.entries(options).map(([name, option]) => [optionName(name, option), option.summary]));

const optionName = (name: string, { short, value }: Option): string =>
  `${short ? `-${short}, ` : "    "}--${name}${value ? ` ${value}` : ""}`;

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}\n`).join("");
}
