import { exitStatusMeanings } from "../exit-status.ts";
import type { Style } from "../problem.ts";
import { terminalColumns, wrap } from "../wrap.ts";
import type { Option, Options } from "./args.ts";
import { type Command, type CommandEntry, colourOption, helpOption } from "./command.ts";

export const globalOptions = {
  version: { type: "boolean", short: "V", summary: "print the version" },
  color: colourOption,
  help: helpOption,
} as const satisfies Options;

/** What dbtrfs is, for all who introduce it. */
export const introduction = "dbtrfs plans Btrfs storage for PostgreSQL, MySQL, MariaDB and SQLite on NixOS.";

/** What `dbtrfs` and `dbtrfs help` print. */
export const overview = (commands: readonly CommandEntry[], style: Style): string =>
  sections(style, {
    "": `${introduction}\n`,
    Usage: "  dbtrfs COMMAND [options]\n",
    Commands: table([
      ...commands.map(({ name, summary }): [string, string] => [name, summary]),
      ["help [COMMAND]", "print help"],
    ]),
    Options: optionTable(globalOptions),
    "Exit status": exitStatusTable(),
  });

/** What `dbtrfs COMMAND --help` prints. */
export const commandHelp = (name: string, command: Command, style: Style): string =>
  sections(style, {
    "": `${command.about}\n`,
    Usage: usageLines(name, command)
      .map((line) => `  ${line}\n`)
      .join(""),
    Options: optionTable(command.options),
    Examples: command.examples.map(([line, does]) => `  ${line}\n      ${does}\n`).join(""),
    "Exit status": exitStatusTable(),
  });

/** The ways to call a command, a line each: its usage has " | " between them. */
export const usageLines = (name: string, { usage }: Pick<Command, "usage">): readonly string[] =>
  usage.split(" | ").map((way) => `dbtrfs ${name} ${way}`.trimEnd());

/** An option as people write it: "-o, --out DIR". */
export const optionForms = (name: string, { short, value }: Option): string =>
  `${short ? `-${short}, ` : ""}--${name}${value ? ` ${value}` : ""}`;

const sections = (style: Style, texts: Record<string, string>): string =>
  Object.entries(texts)
    .filter(([, text]) => text !== "")
    .map(([title, text]) => (title ? `${style("strong", `${title}:`)}\n${text}` : text))
    .join("\n");

const optionTable = (options: Options): string =>
  table(Object.entries(options).map(([name, option]) => [optionName(name, option), option.summary]));

/** Long names below each other, whether or not there is a short one. */
const optionName = (name: string, option: Option): string =>
  `${option.short ? "" : "    "}${optionForms(name, option)}`;

const exitStatusTable = (): string =>
  table(exitStatusMeanings.map(([status, meaning]) => [String(status), meaning]));

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const below = `\n${" ".repeat(width + 2)}`;
  return rows
    .map(([left, right]) => {
      const lines = wrap(right, terminalColumns - width - 2);
      return `  ${left.padEnd(width)}${lines.join(below)}\n`;
    })
    .join("");
}
