import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll } from "vitest";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** One for all runs of a test file, so that they do not fill the cache of whoever runs the tests. */
const cache = mkdtempSync(join(tmpdir(), "dbtrfs-cache-"));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

interface Situation {
  cwd?: string;
  input?: string | Uint8Array;
  environment?: Record<string, string>;
}

export interface Outcome {
  status: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs the real program. The final newlines of both streams are kept. */
export async function dbtrfs(args: readonly string[], situation: Situation = {}): Promise<Outcome> {
  const { cwd, input = "", environment } = situation;
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...args], {
    ...(cwd ? { cwd } : {}),
    input,
    env: {
      FORCE_COLOR: undefined,
      NO_COLOR: "1",
      NODE_COMPILE_CACHE: undefined,
      XDG_CACHE_HOME: cache,
      ...environment,
    },
    reject: false,
    stripFinalNewline: false,
  });
  return { status: exitCode, stdout, stderr };
}

export const lines = (...texts: string[]): string => texts.map((text) => `${text}\n`).join("");
