import { describe, expect, test } from "vitest";
import { layoutOf, mariadb, nvme, planOf, postgresql, refusalOf, sqlite } from "./testing/plans.ts";

describe("an override", () => {
  test("that keeps the invariants is taken, and shown as one", () => {
    const plan = planOf([
      { ...postgresql, override: { log: "in-place", settings: { work_mem: "1MB", wal_recycle: null } } },
    ]);
    const setting = (name: string) => plan.databases[0]?.settings.find((s) => s.name === name);
    expect(plan.databases[0]?.layout.log).toBe("in-place");
    expect(setting("work_mem")).toMatchObject({ value: "1MB", overridden: true });
    expect(setting("wal_recycle")).toBeUndefined();
    expect(plan.decisions.find((d) => d.id === "orders.layout")?.overridden).toBe(true);
  });

  test("to NOCOW for SQLite is taken with the owner's word, and refused without", () => {
    const override = { data: "nocow", acceptNoChecksums: true };
    expect(layoutOf([{ ...sqlite, override }])?.data).toBe("nocow");
    expect(refusalOf([{ ...sqlite, override: { data: "nocow" } }])[0]?.allowed).toContain("invariant 5");
  });

  const mirrored = { redundancy: "mirror", disks: [nvme(1), nvme(2)] };

  test.each([
    [
      "NOCOW and compression",
      [{ ...postgresql, override: { data: "nocow", compression: "zstd" } }],
      {},
      "/databases/0/override",
      3,
    ],
    [
      "NOCOW on a mirror",
      [{ ...postgresql, override: { log: "nocow" } }],
      mirrored,
      "/databases/0/override",
      4,
    ],
    [
      "full_page_writes off",
      [{ ...postgresql, override: { settings: { full_page_writes: "off" } } }],
      {},
      "/databases/0/override/settings/full_page_writes",
      6,
    ],
    [
      "full_page_writes false",
      [{ ...postgresql, override: { settings: { full_page_writes: false } } }],
      {},
      "/databases/0/override/settings/full_page_writes",
      6,
    ],
    [
      "fsync off",
      [{ ...postgresql, override: { settings: { fsync: "off" } } }],
      {},
      "/databases/0/override/settings/fsync",
      6,
    ],
    [
      "doublewrite off",
      [{ ...mariadb, override: { settings: { innodb_doublewrite: "OFF" } } }],
      {},
      "/databases/0/override/settings/innodb_doublewrite",
      6,
    ],
    [
      "doublewrite off, spelled otherwise",
      [{ ...mariadb, override: { settings: { "innodb-doublewrite": 0 } } }],
      {},
      "/databases/0/override/settings/innodb-doublewrite",
      6,
    ],
    [
      "journal_mode off",
      [{ ...sqlite, override: { settings: { journal_mode: "OFF" } } }],
      {},
      "/databases/0/override/settings/journal_mode",
      6,
    ],
    [
      "a setting that the version lacks",
      [{ ...postgresql, version: "15", override: { settings: { file_extend_method: "write_zeros" } } }],
      {},
      "/databases/0/settings/",
      10,
    ],
    [
      "a parity-free profile that the disks cannot give",
      [postgresql],
      { override: { dataProfile: "raid1" } },
      "/filesystems/0/dataProfile",
      11,
    ],
  ])("to %s is refused, with the place and the invariant", (_, databases, host, pointer, invariant) => {
    const [problem] = refusalOf(databases, host);
    expect(problem?.pointer).toContain(pointer);
    expect(problem?.allowed).toContain(`invariant ${invariant}`);
    expect(problem?.fix).not.toBe("");
  });

  test("that breaks several rules hears of all at once, and only of what stands in its way", () => {
    const override = { data: "nocow", compression: "zstd", settings: { fsync: "off" } };
    const problems = refusalOf([
      { ...postgresql, override },
      { ...sqlite, override: { data: "nocow" } },
    ]);
    expect(problems.map((p) => p.pointer)).toEqual([
      "/databases/0/override/settings/fsync",
      "/databases/0/override",
      "/databases/1/override",
    ]);
    expect(problems[1]?.allowed).toMatch(/^Btrfs compresses only CoW data.*\(invariant 3\)$/);
  });

  test.each([
    ["data_directory", postgresql],
    ["innodb_log_group_home_dir", mariadb],
    ["datadir", mariadb],
    ["tmpdir", mariadb],
    ["relay-log", mariadb],
    ["ident_file", postgresql],
  ])("of %s is refused: files are placed by the plan", (name, database) => {
    const [problem] = refusalOf([{ ...database, override: { settings: { [name]: "/srv/x" } } }]);
    expect(problem?.allowed).toContain("sandbox");
  });
});

test("an override of a setting that older packages lack asks the package first", () => {
  const settings = { file_extend_method: "write_zeros" };
  const [database] = planOf([{ ...postgresql, override: { settings } }]).databases;
  const found = database?.settings.find(({ name }) => name === "file_extend_method");
  expect(found).toMatchObject({ overridden: true, packageVersion: expect.stringMatching(/^17\./) });
});

test("an override of a profile is told as one", () => {
  const plan = planOf([postgresql], { override: { metadataProfile: "single" } });
  const decision = plan.decisions.find((d) => d.id === "filesystem.0.metadata-profile");
  expect(decision).toMatchObject({ overridden: true, reason: "Set by the spec's override." });
});

test("a flush method that skips the fsync of the data files is refused", () => {
  const [problem] = refusalOf([
    { ...mariadb, version: "10.11", override: { settings: { innodb_flush_method: "nosync" } } },
  ]);
  expect(problem?.allowed).toContain("O_DIRECT");
});

test("an override by another spelling replaces the planned setting instead of standing beside it", () => {
  const plan = planOf([{ ...mariadb, override: { settings: { "innodb-buffer-pool-size": "1G" } } }]);
  const found = plan.databases[0]?.settings.filter((s) => s.name.includes("buffer_pool_size"));
  expect(found).toMatchObject([{ name: "innodb_buffer_pool_size", value: "1G" }]);
});

test("mysqld's roundabout spellings are refused", () => {
  const [problem] = refusalOf([{ ...mariadb, override: { settings: { "skip-innodb-doublewrite": true } } }]);
  expect(problem?.fix).toContain("without the prefix");
});
