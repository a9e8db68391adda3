import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { it } from "vitest";
import type { EngineFacts } from "../types.ts";

export interface Program {
  /** Its name in the PATH. */
  readonly name: string;
  readonly facts: EngineFacts;
  /** What tells its --version from that of another engine: MariaDB installs a mysqld too. */
  readonly banner: RegExp;
}

export interface InstalledServer {
  readonly server: string;
  readonly facts: EngineFacts;
  readonly version: string;
}

/** Debian's packages; MySQL is in sid alone. */
const debian: Readonly<Record<string, string>> = {
  postgres: "apt-get install postgresql",
  mariadbd: "apt-get install mariadb-server",
  mysqld: "apt-get install mysql-server from sid",
};

const packagesOf = (programs: readonly Program[]): string =>
  programs.map(({ name }) => debian[name] ?? name).join(", or ");

const identify = (server: string, programs: readonly Program[]): InstalledServer[] => {
  const text = execFileSync(server, ["--version"], { encoding: "utf8" });
  const facts = programs.find(({ banner }) => banner.test(text))?.facts;
  const version = /\d+\.\d+(\.\d+)?/.exec(text.replace(/^\S+/, ""))?.[0] ?? "";
  const known = facts?.series.some(({ series }) => version.startsWith(`${series}.`));
  return facts && known ? [{ server, facts, version }] : [];
};

/**
 * The servers found here whose series dbtrfs knows, each once: in the PATH, and where `alsoIn` says. Without any the
 * calling file would pass by holding no test, so that it gets one that is reported as skipped, with the reason.
 */
export const installedServers = (
  programs: readonly Program[],
  alsoIn: readonly string[],
): InstalledServer[] => {
  const files = [...(process.env.PATH ?? "").split(delimiter), ...alsoIn]
    .flatMap((directory) => programs.map(({ name }) => join(directory, name)))
    .filter((file) => existsSync(file));
  const servers = [...new Set(files.map((file) => realpathSync(file)))].flatMap((file) =>
    identify(file, programs),
  );
  if (servers.length === 0) {
    const titles = programs.map(({ facts }) => facts.title).join(" or ");
    const names = programs.map(({ name }) => name).join(" or ");
    const reason = `no server of a known series of ${titles} is here: what this file tests needs one`;
    console.warn(`Skipped: ${reason}. Put ${names} into the PATH (Debian: ${packagesOf(programs)}).`);
    // A test without a body: the file is reported as skipped, and why.
    it.skip(reason);
  }
  return servers;
};
