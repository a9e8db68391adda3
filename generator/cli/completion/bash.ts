import { shell } from "../../render/escape.ts";
import type { Completion } from "../command.ts";
import { type Completable, type CompletableCommand, type CompletableOption, forms } from "./model.ts";

const kinds = { file: "@file", directory: "@directory", nothing: "@nothing" } as const;

const taken = (completion: Completion): string =>
  typeof completion === "string" ? kinds[completion] : completion.join(" ");

const arm = (patterns: readonly string[], words: string): string =>
  `    ${patterns.map(shell).join(" | ")}) echo ${shell(words)} ;;\n`;

const withValue = ({ value }: CompletableOption): boolean => value !== undefined;

const valueArms = (command: string, options: readonly CompletableOption[]): string =>
  options
    .filter(withValue)
    .map((option) =>
      arm(
        forms(option).map((form) => `${command} ${form}`),
        taken(option.takes),
      ),
    )
    .join("");

const operandArms = ({ name, operands }: CompletableCommand): string =>
  operands
    .map((operand, i) => {
      const pattern = shell(`${name} ${i}`);
      const last = i === operands.length - 1 ? ` | ${shell(`${name} `)}[0-9]*` : "";
      return `    ${pattern}${last}) echo ${shell(taken(operand))} ;;\n`;
    })
    .join("");

const optionsArm = (command: string, options: readonly CompletableOption[]): string =>
  arm([command], options.flatMap(forms).join(" "));

const body = `
_dbtrfs() {
  local current=\${COMP_WORDS[COMP_CWORD]} command='' expecting='' operands=0 ended='' word takes i
  COMPREPLY=()
  [[ $current == '=' ]] && current=''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # Bash splits --color=never at the equals sign (COMP_WORDBREAKS).
    [[ $word == '=' ]] && continue
    if [[ $expecting ]]; then
      expecting=''
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == -* && ! $ended ]]; then
      [[ $(_dbtrfs_takes "$command $word") ]] && expecting="$command $word"
    elif [[ ! $command ]]; then
      command=$word
    else
      ((++operands))
    fi
  done
  if [[ $expecting ]]; then
    takes=$(_dbtrfs_takes "$expecting")
  elif [[ $current == -* && ! $ended ]]; then
    takes=$(_dbtrfs_options "$command")
  elif [[ ! $command ]]; then
    takes=$(_dbtrfs_commands)
  else
    takes=$(_dbtrfs_takes "$command $operands")
  fi
  case $takes in
    @file) compopt -o default ;;
    @directory) compopt -o dirnames ;;
    @nothing) ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$takes" -- "$current") ;;
  esac
}

complete -F _dbtrfs dbtrfs
`;

/** A script that bash 4.4 and later source. */
export const bashCompletion = ({ options, commands }: Completable): string =>
  [
    "# Completion of dbtrfs for bash, written by `dbtrfs completion bash`.\n\n",
    `_dbtrfs_commands() {\n  echo ${shell(commands.map(({ name }) => name).join(" "))}\n}\n\n`,
    "_dbtrfs_options() {\n  case $1 in\n",
    optionsArm("", options),
    ...commands.map((command) => optionsArm(command.name, command.options)),
    "  esac\n}\n\n",
    "# What follows an option, or stands as the operand of that number.\n",
    "_dbtrfs_takes() {\n  case $1 in\n",
    valueArms("", options),
    ...commands.flatMap((command) => [valueArms(command.name, command.options), operandArms(command)]),
    "  esac\n}\n",
    body,
  ].join("");
