import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { btrfsDefaults } from "../../layout/layout-choice.ts";
import { workloadClasses } from "../../spec/workload.ts";
import type { SettingValue } from "../types.ts";
import { postgresql } from "./index.ts";
import { contextWith, ownLogFilesystem, settingsOf, tinyServer, warehouse } from "./testing/contexts.ts";

/** Where to look: the PATH, and where Debian keeps each series. */
const directories = [
  ...(process.env.PATH ?? "").split(delimiter),
  ...(existsSync("/usr/lib/postgresql")
    ? readdirSync("/usr/lib/postgresql").map((series) => `/usr/lib/postgresql/${series}/bin`)
    : []),
];
const found = directories.map((directory) => join(directory, "postgres")).filter((file) => existsSync(file));

const versionOf = (server: string): string =>
  /\d+\.\d+/.exec(execFileSync(server, ["-V"], { encoding: "utf8" }))?.[0] ?? "";

const isKnown = (version: string): boolean =>
  postgresql.series.some(({ series }) => version.startsWith(`${series}.`));

const servers = [...new Set(found.map((file) => realpathSync(file)))]
  .map((server) => [versionOf(server), server] as const)
  .filter(([version]) => isKnown(version));

/** As the NixOS module writes a value. */
const written = (value: SettingValue): string =>
  typeof value === "boolean"
    ? value
      ? "yes"
      : "no"
    : typeof value === "string"
      ? `'${value}'`
      : String(value);

if (servers.length === 0) {
  console.warn("No PostgreSQL server of a known series is installed: no server checked the settings.");
  it.skip("no PostgreSQL server is installed");
}

describe.each(servers)("PostgreSQL %s", (version, server) => {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "postgresql-settings-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const ask = (name: string, settings: Readonly<Record<string, SettingValue>>) => {
    const lines = Object.entries(settings).map(([key, value]) => `${key} = ${written(value)}\n`);
    writeFileSync(join(directory, "postgresql.conf"), lines.join(""));
    return spawnSync(server, ["-C", name, "-D", directory], { encoding: "utf8" });
  };

  const situations = workloadClasses.flatMap(
    (workload) =>
      [
        { version, workload },
        { ...tinyServer, version, workload },
        { ...warehouse, version, workload, cpus: 64 },
        { ...ownLogFilesystem, version, workload, logFilesystemGiB: 2 },
        {
          version,
          workload,
          layout: btrfsDefaults,
          memoryGiB: 0.25,
          cpus: null,
          disk: "ssd",
          prefer: "space",
        },
      ] as const,
  );

  it("takes every value of every situation", () => {
    for (const situation of situations) {
      const settings = settingsOf(contextWith(situation));
      const { status, stderr } = ask("shared_buffers", settings);
      expect({ settings, status, stderr: stderr.replace(/^.*skipping missing.*\n/m, "") }).toMatchObject({
        status: 0,
        stderr: "",
      });
    }
  });

  it("understands the values as they were meant", () => {
    const settings = settingsOf(contextWith({ version }));
    expect(ask("shared_buffers", settings).stdout.trim()).toBe("524288");
    expect(ask("max_wal_size", settings).stdout.trim()).toBe("8192");
    expect(ask("checkpoint_timeout", settings).stdout.trim()).toBe("900");
    expect(ask("wal_sync_method", settings).stdout.trim()).toBe("open_datasync");
    expect(ask("full_page_writes", settings).stdout.trim()).toBe("on");
  });

  it("refuses a setting that it lacks, so that the check can fail", () => {
    expect(ask("shared_buffers", { no_such_setting: 1 }).status).not.toBe(0);
  });
});
