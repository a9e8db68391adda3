import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mariadb } from "../mariadb/index.ts";
import { mysql } from "../mysql/index.ts";
import { settingsOf } from "../testing/contexts.ts";
import { installedServers } from "../testing/installed-servers.ts";
import type { SettingValue } from "../types.ts";
import { contextWith, manyContexts, noCowData } from "./testing/contexts.ts";

const servers = installedServers(
  [
    { name: "mariadbd", facts: mariadb, banner: /MariaDB/ },
    // Debian builds one that does not name itself.
    { name: "mysqld", facts: mysql, banner: /^(?!.*MariaDB)/ },
  ],
  ["/usr/sbin"],
);

/** What the server does not know or cannot take; it also warns of limits of the machine it runs on. */
const complaints = (stderr: string): string[] =>
  stderr.split("\n").filter((line) => /\[ERROR\]|unknown|ignor|invalid|recogni[sz]ed|adjusted/i.test(line));

describe.each(servers)("$server $version", ({ server, facts, version }) => {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "mysqld-settings-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const run = (file: string, ...options: string[]) =>
    spawnSync(server, [`--defaults-file=${file}`, ...options], { encoding: "utf8" });

  /** Has the server read an option file, and say what it understood. MariaDB has no --validate-config. */
  const read = (settings: Readonly<Record<string, SettingValue>>) => {
    const file = join(directory, "my.cnf");
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(file, ["[mysqld]\n", ...lines].join(""));
    const help = run(file, "--verbose", "--help");
    const { status, stderr } = facts === mysql ? run(file, "--validate-config") : help;
    const understood = (name: string) => new RegExp(`^${name} +(.*)$`, "m").exec(help.stdout)?.[1];
    return { status, complaints: complaints(help.stderr + stderr), understood };
  };

  it("takes every value of every situation", () => {
    for (const context of manyContexts(version, facts === mariadb)) {
      const settings = settingsOf(facts, context);
      const { status, complaints: found } = read(settings);
      expect({ settings, status, found }).toMatchObject({ status: 0, found: [] });
    }
  }, 120_000);

  it("understands the values as they were meant", () => {
    const { understood } = read(settingsOf(facts, contextWith({ version, ...noCowData })));
    // MySQL does not flush its doublewrite buffer under O_DIRECT, so that NOCOW data take the page cache's half as well.
    expect(understood("innodb-buffer-pool-size")).toBe(String((facts === mysql ? 8 : 11) * 2 ** 30));
    expect(understood("innodb-doublewrite")).toMatch(/^(ON|TRUE)$/);
    expect(understood("innodb-flush-log-at-trx-commit")).toBe("1");
    expect(understood("innodb-log-group-home-dir")).toBe("/var/lib/mysql/redo");
    expect(understood("log-bin")).toBe("/var/lib/mysql/binlog/binlog");
    expect(understood("sync-binlog")).toBe("1");
    expect(understood("binlog-expire-logs-seconds")).toBe("259200");
  });

  it("refuses a setting that it lacks, so that the check can fail", () => {
    expect(read({ no_such_setting: 1 }).status).not.toBe(0);
  });
});
