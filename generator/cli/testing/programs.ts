import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Whether programs are in the PATH; what is missing, and what is not tested without it, is said on stderr. */
export function hasPrograms(names: readonly string[], skipped: string): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const missing = names.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  if (missing.length > 0)
    process.stderr.write(`\n${missing.join(", ")} not in the PATH: ${skipped} SKIPPED.\n`);
  return missing.length === 0;
}
