import type { Completion } from "../command.ts";
import { type Completable, type CompletableCommand, type CompletableOption, forms } from "./model.ts";

/** A word of fish: in single quotes a backslash escapes a quote and itself. */
const word = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;

const offers: Readonly<Record<Extract<Completion, string>, string>> = {
  file: "-F",
  directory: `-f -a ${word("(__fish_complete_directories)")}`,
  nothing: "-f",
};

const offer = (completion: Completion): string =>
  typeof completion === "string" ? offers[completion] : `-f -a ${word(completion.join(" "))}`;

const optionLine = (condition: string, { name, short, value, takes, summary }: CompletableOption): string => {
  const names = `-l ${name}${short === undefined ? "" : ` -s ${short}`}`;
  const argument = value === undefined ? "-f" : `-r ${offer(takes)}`;
  return `complete -c dbtrfs -n ${word(condition)} ${names} ${argument} -d ${word(summary)}\n`;
};

const operandLine = (command: string, operand: Completion, i: number, last: boolean): string =>
  `complete -c dbtrfs -n ${word(`__dbtrfs_at ${command} ${i}${last ? " or-later" : ""}`)} ${offer(operand)}\n`;

const commandLines = ({ name, summary, options, operands }: CompletableCommand): string =>
  [
    `\ncomplete -c dbtrfs -n ${word("__dbtrfs_at ''")} -f -a ${name} -d ${word(summary)}\n`,
    ...options.map((option) => optionLine(`__dbtrfs_at ${name}`, option)),
    ...operands.map((operand, i) => operandLine(name, operand, i, i === operands.length - 1)),
  ].join("");

const valued = (command: string, options: readonly CompletableOption[]): readonly string[] =>
  options
    .filter(({ value }) => value !== undefined)
    .flatMap(forms)
    .map((form) => word(`${command} ${form}`));

const where = (patterns: readonly string[]): string => `
# Whether the cursor is at this command; with a number, at this operand of it.
function __dbtrfs_at --argument-names command operand later
    set -l found ''
    set -l operands 0
    set -l expecting 0
    for word in (commandline -opc)[2..]
        if test $expecting = 1
            set expecting 0
        else if string match -q -- '-*' $word
            switch "$found $word"
                case ${patterns.join(" ")}
                    set expecting 1
            end
        else if test -z "$found"
            set found $word
        else
            set operands (math $operands + 1)
        end
    end
    test "$found" = "$command"; or return 1
    test -z "$operand"; and return 0
    test $operands = $operand; and return 0
    test "$later" = or-later -a $operands -gt $operand
end
`;

/** A script that fish sources, or finds as dbtrfs.fish in a folder of fish_complete_path. */
export const fishCompletion = ({ options, commands }: Completable): string =>
  [
    "# Completion of dbtrfs for fish, written by `dbtrfs completion fish`.\n",
    where([...valued("", options), ...commands.flatMap((c) => valued(c.name, c.options))]),
    "\ncomplete -c dbtrfs -f\n",
    ...options.map((option) => optionLine("__dbtrfs_at ''", option)),
    ...commands.map(commandLines),
  ].join("");
