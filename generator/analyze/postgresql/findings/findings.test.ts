import { describe, expect, it } from "vitest";
import type { StorageComponent } from "../../capture/storage.ts";
import { component, findings, idsOf } from "../testing/observed.ts";

it("a sound server has no findings", () => {
  expect(idsOf()).toEqual([]);
});

describe("settings that give up safety", () => {
  it.each([
    ["postgresql-fsync-off", "fsync", "off"],
    ["postgresql-full-page-writes-off", "full_page_writes", "off"],
    ["postgresql-zero-damaged-pages", "zero_damaged_pages", "on"],
    ["postgresql-checksum-failures-ignored", "ignore_checksum_failure", "on"],
    ["postgresql-autovacuum-off", "autovacuum", "off"],
  ])("%s", (id, name, value) => {
    const [finding, ...others] = findings({ settings: { [name]: value } });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ id, evidence: [{ source: `SHOW ${name}`, found: value }] });
    expect(finding?.migration[0]).toContain(`SET ${name} = `);
  });

  it("are not found where the capture does not have them", () => {
    expect(idsOf({ settings: { zero_damaged_pages: "" } })).toEqual([]);
  });
});

describe("pages that failed their checksums", () => {
  const counted = (failures: number) => ({
    counters: { "pg_stat_database.a.b/5.checksum_failures": failures },
  });

  it("are an alarm, with the database", () => {
    const [finding] = findings(counted(2));
    expect(finding).toMatchObject({
      id: "postgresql-checksum-failures",
      evidence: [{ source: "pg_stat_database.checksum_failures of a.b" }],
    });
  });

  it("are none where none are counted", () => {
    expect(idsOf(counted(0))).toEqual([]);
  });
});

describe("checkpoints before their time", () => {
  const id = "postgresql-max-wal-size-too-small";
  const busy = { requestedCheckpointShare: 1, checkpointsPerHour: 30, logMiBPerSecond: 10 };

  it("are found where the log fills max_wal_size sooner, with the size that would do", () => {
    const [finding] = findings({ measured: busy });
    expect(finding).toMatchObject({ id, severity: "caution" });
    // 10 MiB/s for 300 s, for 1.9 checkpoints, and a quarter more: 7125 MiB.
    expect(finding?.migration[0]).toBe(
      `psql --command='ALTER SYSTEM SET max_wal_size = '\\''7GB'\\''' --command='SELECT pg_reload_conf()'`,
    );
  });

  it.each([
    ["time starts most of them", { measured: { ...busy, requestedCheckpointShare: 0.4 } }],
    [
      "somebody asked for them, and there was room for more log",
      { measured: { ...busy, logMiBPerSecond: 0.5 } },
    ],
    ["there is room", { measured: busy, settings: { max_wal_size: "8GB" } }],
    ["there were none", { measured: { logMiBPerSecond: 10 } }],
  ])("are not where %s", (_why, changes) => {
    expect(idsOf(changes)).not.toContain(id);
  });
});

describe("tables that stop being compressed", () => {
  const id = "postgresql-fallocate-ends-compression";
  const compressed = component({ compressionProperty: "zstd" });
  const byMount = (option: string, changes: Partial<StorageComponent> = {}) => {
    const mount = component().mount as NonNullable<StorageComponent["mount"]>;
    return component({ mount: { ...mount, options: ["rw", option] }, ...changes });
  };

  it.each([
    ["a version that lacks the setting", "17.4", { file_extend_method: "" }, compressed],
    ["the setting's default", "17.12", { file_extend_method: "posix_fallocate" }, compressed],
    [
      "compression by mount option",
      "18.6",
      { file_extend_method: "posix_fallocate" },
      byMount("compress=zstd:3"),
    ],
    [
      "forced compression",
      "16.14",
      { file_extend_method: "posix_fallocate" },
      byMount("compress-force=zstd"),
    ],
  ])("are found with %s", (_why, version, settings, where) => {
    const [finding] = findings({ version, settings, components: [where] });
    expect(finding?.id).toBe(id);
    const update = finding?.migration.some((step) => step.startsWith("# Update the server to 17.8 first"));
    expect(update).toBe(version === "17.4");
  });

  it.each([
    ["files grow by zeros", "17.12", {}, compressed],
    ["series 15 does not preallocate", "15.18", { file_extend_method: "" }, compressed],
    ["nothing is compressed", "17.12", { file_extend_method: "posix_fallocate" }, component()],
    ["the option asks for none", "17.12", { file_extend_method: "posix_fallocate" }, byMount("compress=no")],
    [
      "the directory is NOCOW",
      "17.12",
      { file_extend_method: "posix_fallocate" },
      byMount("compress=zstd:3", { attributes: "C" }),
    ],
  ])("are not where %s", (_why, version, settings, where) => {
    expect(idsOf({ version, settings, components: [where] })).not.toContain(id);
  });
});
