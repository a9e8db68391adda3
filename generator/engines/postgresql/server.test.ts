import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { btrfsDefaults } from "../../layout/layout-choice.ts";
import { workloadClasses } from "../../spec/workload.ts";
import { clusterOf } from "../testing/clusters.ts";
import { installedServers } from "../testing/installed-servers.ts";
import type { SettingValue } from "../types.ts";
import { postgresql } from "./index.ts";
import { contextWith, ownLogFilesystem, settingsOf, tinyServer, warehouse } from "./testing/contexts.ts";

/** Debian keeps each series in a folder of its own. */
const ofDebian = existsSync("/usr/lib/postgresql")
  ? readdirSync("/usr/lib/postgresql").map((series) => `/usr/lib/postgresql/${series}/bin`)
  : [];
const servers = installedServers([{ name: "postgres", facts: postgresql, banner: /PostgreSQL/ }], ofDebian);

/** As the NixOS module writes a value. */
const written = (value: SettingValue): string =>
  typeof value === "boolean"
    ? value
      ? "yes"
      : "no"
    : typeof value === "string"
      ? `'${value}'`
      : String(value);

describe.each(servers)("$server $version", ({ server, version }) => {
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
        { version, workload, cluster: clusterOf("patroni") },
        { version, workload, cluster: clusterOf("postgresql-streaming") },
        { ...ownLogFilesystem, version, workload, cluster: clusterOf("postgresql-streaming", "db-2") },
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
