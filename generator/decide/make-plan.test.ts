import { describe, expect, test } from "vitest";
import { builtInEvidence } from "../evidence/load.ts";
import type { Evidence, EvidenceRow } from "../evidence/schema.ts";
import { classProfiles } from "../spec/workload-profile.ts";
import { hdd, layoutOf, mariadb, nvme, planOf, postgresql, refusalOf, sqlite } from "./testing/plans.ts";

describe("the layout of a database", () => {
  test("OLTP: the log alone is NOCOW, the data keeps its checksums, and nodes are small", () => {
    expect(layoutOf([postgresql])).toEqual({
      data: "cow",
      log: "nocow",
      compression: "none",
      nodesize: 4096,
      logSync: "open_datasync",
    });
    expect(layoutOf([mariadb])).toMatchObject({ data: "cow", log: "nocow", logSync: "default" });
  });

  test("latency: the log on its own XFS, and so no snapshots, said as a warning", () => {
    const plan = planOf([{ ...postgresql, prefer: "latency" }]);
    expect(plan.databases[0]?.layout.log).toBe("own-filesystem");
    expect(plan.databases[0]?.snapshots).toBeNull();
    expect(plan.warnings.join()).toContain("no snapshots are taken");
  });

  test("latency with snapshots asked for: one subvolume, because one snapshot must capture it", () => {
    const plan = planOf([{ ...postgresql, prefer: "latency", snapshots: { every: "1h" } }]);
    expect(plan.databases[0]?.layout.log).not.toBe("own-filesystem");
    expect(plan.databases[0]?.snapshots).toMatchObject({ every: "1h" });
  });

  test("integrity: everything copy-on-write with checksums, and a scrub every week", () => {
    const plan = planOf([{ ...postgresql, prefer: "integrity" }]);
    expect(plan.databases[0]?.layout).toMatchObject({ data: "cow", log: "in-place" });
    expect(plan.filesystems[0]?.checksum).toBe("xxhash");
    expect(plan.scrub.interval).toBe("weekly");
  });

  test.each(["mirror", "mirror3", "striped-mirror"])(
    "%s: nothing is NOCOW, whatever is preferred",
    (redundancy) => {
      const disks = [nvme(1), nvme(2), nvme(3), nvme(4)];
      for (const prefer of ["latency", "throughput", "balanced"]) {
        const plan = planOf([{ ...postgresql, prefer }], { redundancy, disks });
        expect(plan.databases[0]?.directories.filter((d) => d.noCow)).toEqual([]);
        expect(plan.logFilesystems).toEqual([]);
      }
    },
  );

  test("append-only data is compressed, OLTP data is not", () => {
    expect(layoutOf([{ ...postgresql, workload: "append", prefer: "space" }])?.compression).toBe("zstd");
    expect(layoutOf([postgresql])?.compression).toBe("none");
  });

  test("a scan of compressed data is faster where a spinning disk sets the pace", () => {
    expect(layoutOf([{ ...postgresql, workload: "analytics" }], { disks: [hdd(1)] })?.compression).toBe(
      "zstd",
    );
  });

  test("spinning disks keep large nodes where commits are few", () => {
    const nodesize = (disk: object) =>
      layoutOf([{ ...postgresql, workload: "analytics" }], { disks: [disk] })?.nodesize;
    expect(nodesize(hdd(1))).toBe(16384);
    expect(nodesize(nvme(1))).toBe(4096);
  });

  test("InnoDB is never compressed: its files are extended by fallocate", () => {
    const plan = planOf([{ ...mariadb, workload: "append", prefer: "space" }]);
    expect(plan.databases[0]?.layout.compression).toBe("none");
    const dropped = plan.decisions
      .find((d) => d.id === "shop.layout")
      ?.candidates.map((c) => c.dropped?.constraint);
    expect(dropped).toContain("fallocate-ends-compression");
  });

  test("PostgreSQL is not compressed by a minor release that has no file_extend_method", () => {
    expect(
      layoutOf([{ ...postgresql, version: "17.7", workload: "append", prefer: "space" }])?.compression,
    ).toBe("none");
    expect(
      layoutOf([{ ...postgresql, version: "17.8", workload: "append", prefer: "space" }])?.compression,
    ).toBe("zstd");
  });

  test("SQLite stays copy-on-write with its log beside it", () => {
    for (const prefer of ["latency", "throughput", "balanced", "space", "integrity"]) {
      expect(layoutOf([{ ...sqlite, prefer }])).toMatchObject({ data: "cow", log: "in-place" });
    }
  });

  test("a measured profile with the numbers of a class gets the plan of the class", () => {
    const { decisions: named } = planOf([{ ...postgresql, workload: "append" }]);
    const { decisions: measured } = planOf([{ ...postgresql, workload: classProfiles.append }]);
    expect(measured).toEqual(named);
  });
});

describe("evidence decides", () => {
  const slowed = (row: EvidenceRow): EvidenceRow =>
    row.layout?.log === "nocow"
      ? { ...row, metrics: { ...row.metrics, transactionsPerSecond: 500, bytesPerTransaction: 300_000 } }
      : row;

  test("where a NOCOW log measures slower, the plan does not choose it", () => {
    const evidence = builtInEvidence();
    const changed = { ...evidence, rows: evidence.rows.map(slowed) };
    expect(layoutOf([postgresql])?.log).toBe("nocow");
    expect(layoutOf([postgresql], {}, changed)?.log).toBe("in-place");
  });

  test("without any evidence it falls back on documented facts and says so", () => {
    const none: Evidence = { evidenceVersion: 1, title: "none", batches: [], rows: [] };
    const plan = planOf([postgresql], {}, none);
    const layout = plan.decisions.find((d) => d.id === "orders.layout");
    expect(layout?.confidence).toBe("documented");
    expect(layout?.reason).toContain("No measurement speaks to this layout");
    expect(plan.databases[0]?.expected).toEqual([]);
  });

  test("a decision names the rows that it rests on", () => {
    const rows = new Set(builtInEvidence().rows.map((row) => row.id));
    const layout = planOf([postgresql]).decisions.find((d) => d.id === "orders.layout");
    expect(layout?.confidence).toBe("measured");
    expect(layout?.evidence.length).toBeGreaterThan(0);
    for (const id of layout?.evidence ?? []) expect(rows).toContain(id);
  });
});

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

test("a host of any size gets settings that the server takes", () => {
  const huge = { memoryGiB: 100_000, cpus: 4096 };
  const settings = planOf([{ ...postgresql, workload: "analytics" }], huge).databases[0]?.settings ?? [];
  const given = (name: string) => settings.find((s) => s.name === name)?.value;
  expect(given("max_parallel_workers")).toBe(1024);
  expect(given("max_parallel_workers_per_gather")).toBe(1024);
  expect(given("shared_buffers")).toBe(`${8 * 1024 * 1024 - 1}MB`);
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
