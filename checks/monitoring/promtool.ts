import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { execa, execaSync } from "execa";

/** Whether `promtool` runs here: `describe.skipIf(!hasPromtool)` for tests of rules. */
export const hasPromtool: boolean = execaSync("promtool", ["--version"], { reject: false }).failed === false;

if (!hasPromtool)
  process.stderr.write(
    "\npromtool is not on the PATH: alerting rules and dashboards are NOT CHECKED; install Debian's prometheus or nixpkgs' prometheus.cli.\n",
  );

export interface Verdict {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs promtool in a folder with these files. */
export const promtool = async (
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<Verdict> => {
  const folder = mkdtempSync(join(tmpdir(), "promtool-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { failed, all } = await execa("promtool", args, { cwd: folder, reject: false, all: true });
    return { ok: !failed, output: all };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
