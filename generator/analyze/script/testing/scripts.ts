import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll } from "vitest";
import type { Engine } from "../../../spec/schema.ts";
import type { EngineAnalyzer } from "../../analyzer.ts";
import { analyzers } from "../../analyzers.ts";
import { parseCapture } from "../../capture/parse.ts";
import type { Capture } from "../../capture/schema.ts";
import { captureScript } from "../capture-script.ts";

export const isInstalled = (name: string): boolean => {
  const found = (process.env.PATH ?? "").split(":").some((directory) => existsSync(join(directory, name)));
  if (!found) console.warn(`Skipped: what needs ${name}, which is not installed.`);
  return found;
};

/** Shells that differ in what they take beyond POSIX. */
export const shells = ["dash", "bash", "busybox"].filter(isInstalled);

/** Arguments that make a program a shell. */
export const argumentsOf = (shell: string): readonly string[] => (shell === "busybox" ? ["sh"] : []);

const folder = mkdtempSync(join(tmpdir(), "dbtrfs-script-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const analyzerOf = async (engine: Engine): Promise<EngineAnalyzer> => {
  const load = analyzers[engine];
  if (load === undefined) throw new Error(`no analyzer of ${engine}`);
  return load();
};

/** A file with the script of an engine. */
export const scriptFile = async (engine: Engine): Promise<string> => {
  const file = join(folder, `${engine}.sh`);
  writeFileSync(file, await captureScript(await analyzerOf(engine)));
  return file;
};

/** What a script captured meanwhile, as --from reads it. */
export const captured = async (
  engine: Engine,
  shell: string,
  target: string,
  meanwhile: () => Promise<unknown>,
): Promise<Capture> => {
  const script = execa(shell, [...argumentsOf(shell), await scriptFile(engine), target, "3", "1"]);
  const load = meanwhile();
  const { stdout } = await script;
  await load;
  const parsed = parseCapture(stdout, "capture.json");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.capture;
};
