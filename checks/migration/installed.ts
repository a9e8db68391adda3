import { execFileSync } from "node:child_process";
import process from "node:process";
import { type ServerEngine, searched, servers } from "./servers.ts";

const isThere = (program: string): boolean => {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { env: { PATH: searched }, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** Whether the programs of an engine are here; where not, that is said aloud. */
export const isInstalled = (engine: ServerEngine): boolean => {
  const missing = servers[engine].programs.filter((program) => !isThere(program));
  if (missing.length > 0)
    process.stderr.write(`\nMigration of ${engine} is SKIPPED: it needs ${missing.join(", ")}.\n`);
  return missing.length === 0;
};
