import { shell } from "../../render/escape.ts";
import type { Completion } from "../command.ts";
import { type Completable, type CompletableCommand, type CompletableOption, forms } from "./model.ts";

/** Text between brackets of a specification, and before a colon (zshcompsys(1), _arguments). */
const described = (text: string): string => text.replace(/[\\[\]:]/g, "\\$&");

const actions = { file: "_files", directory: "_files -/", nothing: " " } as const;

const action = (completion: Completion): string =>
  typeof completion === "string" ? actions[completion] : `(${completion.join(" ")})`;

/** One specification for each form of the option, which exclude each other. */
const optionSpecifications = (option: CompletableOption): readonly string[] => {
  const { value, takes, summary } = option;
  const others = `(${forms(option).join(" ")})`;
  const argument = value === undefined ? "" : `:${described(value)}:${action(takes)}`;
  return forms(option).map((form) => {
    const joint = value === undefined ? "" : form.startsWith("--") ? "=" : "+";
    return `${others}${form}${joint}[${described(summary)}]${argument}`;
  });
};

const operandSpecifications = ({ operands }: CompletableCommand): readonly string[] =>
  operands.map((operand, i) => {
    const position = i === operands.length - 1 ? "*" : String(i + 1);
    return `${position}:operand:${action(operand)}`;
  });

const continued = (words: readonly string[], indent: string): string =>
  words.map((word) => ` \\\n${indent}${shell(word)}`).join("");

const commandArm = (command: CompletableCommand): string => {
  const specifications = [
    ...command.options.flatMap(optionSpecifications),
    ...operandSpecifications(command),
  ];
  return `        ${command.name})\n          _arguments -s -S${continued(specifications, "            ")}\n          ;;\n`;
};

/** A script that zsh sources after compinit, or autoloads as `_dbtrfs` from a folder of fpath. */
export const zshCompletion = ({ options, commands }: Completable): string =>
  [
    "#compdef dbtrfs\n",
    "# Completion of dbtrfs for zsh, written by `dbtrfs completion zsh`.\n\n",
    "_dbtrfs() {\n  local curcontext=$curcontext state line\n  local -A opt_args\n  local -a commands\n",
    `  commands=(${continued(
      commands.map(({ name, summary }) => `${name}:${described(summary)}`),
      "    ",
    )}\n  )\n`,
    `  _arguments -C -S${continued(
      [...options.flatMap(optionSpecifications), "1:command:->command", "*::operand:->rest"],
      "    ",
    )}\n`,
    "  case $state in\n    command) _describe -t commands command commands ;;\n    rest)\n      case $words[1] in\n",
    ...commands.map(commandArm),
    "      esac\n      ;;\n  esac\n}\n\n",
    "# Autoloaded, this file is the body of the function; sourced, it only says what completes.\n",
    'if [[ $funcstack[1] == _dbtrfs ]]; then\n  _dbtrfs "$@"\nelse\n  compdef _dbtrfs dbtrfs\nfi\n',
  ].join("");
