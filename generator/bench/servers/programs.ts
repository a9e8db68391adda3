import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { Refusal } from "../../refusal.ts";

const missing = (program: string, fix: string): Refusal =>
  new Refusal([{ file: program, pointer: "", found: "no such program", allowed: "one on the PATH", fix }]);

/** The path of a program on the PATH. Throws a Refusal that says how to get it. */
export const find = async (program: string, fix: string): Promise<string> => {
  const found = await execa("sh", ["-c", 'command -v "$1"', "sh", program], { reject: false });
  if (found.failed) throw missing(program, fix);
  return found.stdout.trim();
};

/** Debian keeps its servers out of the PATH, a folder for each version; the newest one there. */
const debianPostgresql = "/usr/lib/postgresql";

export const programs = {
  /** The folder with postgres, initdb and pgbench. */
  async postgresql(): Promise<string> {
    const onPath = await execa("sh", ["-c", "command -v postgres"], { reject: false });
    if (!onPath.failed) return dirname(realpathSync(onPath.stdout.trim()));
    const versions = existsSync(debianPostgresql) ? readdirSync(debianPostgresql).map(Number) : [];
    const newest = versions.sort((a, b) => b - a)[0];
    if (newest === undefined)
      throw missing("postgres", "install PostgreSQL, or put the bin/ of a server first in the PATH");
    return join(debianPostgresql, `${newest}`, "bin");
  },
};
