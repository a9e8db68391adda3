import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { temporaryDirectory } from "../../output/testing/sets.ts";
import { loadAll } from "../command.ts";
import { commands } from "../commands.ts";
import { dbtrfs } from "../testing/dbtrfs.ts";
import { hasPrograms } from "../testing/programs.ts";
import { bashCompletion } from "./bash.ts";
import { completable } from "./model.ts";

vi.setConfig({ testTimeout: 120_000 });

const pressTab = join(import.meta.dirname, "../testing/press-tab.py");

/** Shells without a configuration of anyone's. */
const shells: Readonly<Record<string, readonly string[]>> = {
  bash: ["bash", "--norc", "-i"],
  zsh: ["zsh", "-f", "-i"],
  fish: ["fish", "--no-config", "-i"],
};

/** What is typed before Tab, and the command line that it then is; the folder has db1.json, host.txt and hosts/. */
const completed: readonly (readonly [typed: string, line: string])[] = [
  ["dbtrfs compl", "dbtrfs completion"],
  ["dbtrfs plan --rel", "dbtrfs plan --relayout"],
  ["dbtrfs plan --color=al", "dbtrfs plan --color=always"],
  ["dbtrfs plan --color al", "dbtrfs plan --color always"],
  ["dbtrfs --color ne", "dbtrfs --color never"],
  ["dbtrfs plan db", "dbtrfs plan db1.json"],
  ["dbtrfs plan db1.json --out ho", "dbtrfs plan db1.json --out hosts"],
  ["dbtrfs plan db1.json -o ho", "dbtrfs plan db1.json -o hosts"],
  ["dbtrfs plan --evidence db", "dbtrfs plan --evidence db1.json"],
  ["dbtrfs completion z", "dbtrfs completion zsh"],
  ["dbtrfs completion zsh db", "dbtrfs completion zsh db"],
  ["dbtrfs analyze mar", "dbtrfs analyze mariadb"],
  ["dbtrfs analyze --for 10m mar", "dbtrfs analyze --for 10m mariadb"],
  ["dbtrfs analyze --for 10m sqlite db", "dbtrfs analyze --for 10m sqlite db1.json"],
  ["dbtrfs analyze --for db", "dbtrfs analyze --for db"],
  ["dbtrfs help anal", "dbtrfs help analyze"],
  ["dbtrfs --vers", "dbtrfs --version"],
];

function folder(): string {
  const path = temporaryDirectory();
  mkdirSync(join(path, "hosts"));
  for (const name of ["db1.json", "host.txt"]) writeFileSync(join(path, name), "");
  return path;
}

/** The line after Tab, words apart by one space; a directory's final slash is the shell's own habit. */
async function linesAfterTab(shell: string, typed: readonly string[]): Promise<string[]> {
  const cwd = folder();
  const { stdout: script } = await dbtrfs(["completion", shell]);
  writeFileSync(join(cwd, `.completion.${shell}`), script);
  const command = [pressTab, `.completion.${shell}`, ...(shells[shell] ?? [])];
  const input = `${typed.join("\n")}\n`;
  const environment = { TERM: "xterm", HOME: cwd, XDG_CONFIG_HOME: cwd, PS1: "$ " };
  const { stdout } = await execa("python3", command, { cwd, input, env: environment });
  const words = stdout.split("\n").map((line) => JSON.parse(line) as string[]);
  return words.map((line) => line.join(" ").replace(/\/$/, ""));
}

describe.each(Object.keys(shells))("in %s", (shell) => {
  const here = hasPrograms([shell, "python3"], `completion in ${shell} is`);

  // A terminal says nothing of when a shell is done with Tab: on a busy machine its silence can come too early.
  const patient = { skip: !here, retry: 2 };
  test("Tab completes commands, options, values, files and directories", patient, async () => {
    const lines = await linesAfterTab(
      shell,
      completed.map(([typed]) => typed),
    );
    expect(lines).toEqual(completed.map(([, line]) => line));
  });
});

test.skipIf(!hasPrograms(["shellcheck"], "shellcheck of the completion for bash is"))(
  "the script for bash passes shellcheck",
  async () => {
    const { stdout: input } = await dbtrfs(["completion", "bash"]);
    expect(await execa("shellcheck", ["--shell", "bash", "-"], { input, reject: false })).toMatchObject({
      exitCode: 0,
      stdout: "",
    });
  },
);

test("every command and each of its options is completed", async () => {
  const all = completable(await loadAll(commands));
  expect(all.commands.map(({ name }) => name)).toEqual([...commands.map(({ name }) => name), "help"]);
  const script = bashCompletion(all);
  for (const { name, options } of all.commands)
    expect(script).toContain(
      `'${name}') echo '${options.map((o) => `--${o.name}${o.short ? ` -${o.short}` : ""}`).join(" ")}' ;;`,
    );
});

test.each([
  [[], "no SHELL"],
  [["csh"], "csh"],
  [["bash", "zsh"], "bash zsh"],
  [["toString"], "toString"],
])("dbtrfs completion %j is bad usage", async (operands, found) => {
  const { status, stderr } = await dbtrfs(["completion", ...operands]);
  expect(status).toBe(2);
  expect(stderr).toContain(`found:   ${found}\n  allowed: one SHELL: bash, zsh, fish\n`);
});
