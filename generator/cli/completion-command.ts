import { defineCommand, loadAll } from "./command.ts";
import type { Completable } from "./completion/model.ts";
import { usageError } from "./usage.ts";

const shells: Readonly<Record<string, () => Promise<(commands: Completable) => string>>> = {
  bash: async () => (await import("./completion/bash.ts")).bashCompletion,
  zsh: async () => (await import("./completion/zsh.ts")).zshCompletion,
  fish: async () => (await import("./completion/fish.ts")).fishCompletion,
};

const names = Object.keys(shells);

/** Throws a ProblemsError for anything but one of the shells. */
const writerFor = (operands: readonly string[]) => {
  const [name, ...more] = operands;
  const writer = name === undefined || !Object.hasOwn(shells, name) ? undefined : shells[name];
  if (writer !== undefined && more.length === 0) return writer();
  const found = name === undefined ? "no SHELL" : operands.join(" ");
  throw usageError(found, `one SHELL: ${names.join(", ")}`, "write dbtrfs completion bash");
};

export const completionCommand = defineCommand({
  usage: "SHELL",
  about: [
    "Prints a script that lets SHELL (bash, zsh or fish) complete commands, options,",
    "files and values of dbtrfs when Tab is pressed. The Nix package installs all",
    "three.",
  ].join("\n"),
  options: {},
  operands: [names, "nothing"],
  examples: [
    ["source <(dbtrfs completion bash)", "in ~/.bashrc"],
    ["source <(dbtrfs completion zsh)", "in ~/.zshrc, after compinit"],
    ["dbtrfs completion fish > ~/.config/fish/completions/dbtrfs.fish", "once, for fish"],
  ],
  async run({ operands }, { product }) {
    const write = await writerFor(operands);
    const [{ commands }, { completable }] = await Promise.all([
      import("./commands.ts"),
      import("./completion/model.ts"),
    ]);
    await product.write(write(completable(await loadAll(commands))));
    return 0;
  },
});
