import { exitStatusMeanings } from "../exit-status.ts";
import { wrap } from "../wrap.ts";
import type { Options } from "./args.ts";
import { commonOptions, type NamedCommand } from "./command.ts";
import { environmentVariables } from "./environment.ts";
import { globalOptions, introduction, optionForms, usageLines } from "./help.ts";

/** Text to be filled, in lines that the sources of manuals have. */
const filled = (text: string): string => wrap(text, 70).map(roff).join("\n");

/** Text that roff prints as it is, wherever on a line it stands (groff_char(7), man(7)). */
const roff = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replace(/[-'`^~]/g, (character) => literal[character] ?? character)
    .replace(/[^\x20-\x7e\n]/gu, (character) => `\\[u${hex(character)}]`)
    .replace(/^\./gm, "\\&$&");

/** Without these a manual shows dashes and quotes that no shell takes. */
const literal: Readonly<Record<string, string>> = {
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
};

const hex = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** An argument of a macro. */
const quoted = (text: string): string => `"${roff(text).replaceAll('"', "\\(dq")}"`;

const section = (title: string, body: string): string => `.SH ${quoted(title)}\n${body}`;

const tagged = (tag: string, text: string): string => `.TP\n.B ${quoted(tag)}\n${filled(text)}\n`;

const paragraphs = (text: string): string =>
  text
    .split("\n\n")
    .map((paragraph) => `.PP\n${filled(paragraph.replaceAll("\n", " "))}\n`)
    .join("");

const optionList = (options: Options): string =>
  Object.entries(options)
    .map(([name, option]) => tagged(optionForms(name, option), option.summary))
    .join("");

const commandSection = ({ name, about, options }: NamedCommand): string =>
  [
    `.SS ${quoted(`dbtrfs ${name}`)}\n`,
    paragraphs(about).replace(".PP\n", ""),
    optionList(ownOptions(options)),
  ].join("");

/** Without those that every command has. */
const ownOptions = (options: Options): Options =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(commonOptions, name)));

const examples = (commands: readonly NamedCommand[]): string =>
  commands
    .flatMap((command) => command.examples)
    .map(([line, does]) => tagged(line, does))
    .join("");

const pairs = (rows: readonly (readonly [string | number, string])[]): string =>
  rows.map(([tag, text]) => tagged(String(tag), text)).join("");

const synopsis = (name: string, line: string): string => {
  const operands = line.slice(`dbtrfs ${name}`.length).trim();
  return `.B ${quoted(`dbtrfs ${name}`)}\n${operands && `${roff(operands)}\n`}`;
};

const seeAlso = ["btrfs(5)", "mkfs.btrfs(8)", "chattr(1)", "fio(1)"];

const everyCommand = `.PP\nEvery command takes:\n${optionList(commonOptions)}`;

/** dbtrfs(1) in man(7), from the tables that the help is made of. `version` is that of the program. */
export const manPage = (commands: readonly NamedCommand[], version: string): string =>
  [
    `.\\" Written by \`dbtrfs man\`.\n.TH DBTRFS 1 "" ${quoted(`dbtrfs ${version}`)} "User Commands"\n`,
    section("NAME", "dbtrfs \\- plans Btrfs storage for databases on NixOS\n"),
    section(
      "SYNOPSIS",
      commands
        .flatMap((command) => usageLines(command.name, command).map((line) => synopsis(command.name, line)))
        .join(".br\n"),
    ),
    section("DESCRIPTION", `${filled(introduction)}\n`),
    section("OPTIONS", `${tagged("-V, --version", globalOptions.version.summary)}${everyCommand}`),
    section("COMMANDS", commands.map(commandSection).join("")),
    section("EXIT STATUS", pairs(exitStatusMeanings)),
    section("ENVIRONMENT", pairs(environmentVariables)),
    section("EXAMPLES", examples(commands)),
    section("SEE ALSO", `${seeAlso.map(roff).join(",\n")}\n`),
  ].join("");
