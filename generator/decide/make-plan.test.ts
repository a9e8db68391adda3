import { describe, expect, test } from "vitest";
import { builtInEvidence } from "../evidence/load.ts";
import type { Evidence, EvidenceRow } from "../evidence/schema.ts";
import { classProfiles } from "../spec/workload-profile.ts";
import { hdd, layoutOf, mariadb, mysql, nvme, planOf, postgresql, sqlite } from "./testing/plans.ts";

describe("the layout of a database", () => {
  test("OLTP: the log on its own XFS, the data with its checksums, small nodes, and snapshots that take the log along", () => {
    expect(layoutOf([postgresql])).toEqual({
      data: "cow",
      log: "own-filesystem",
      compression: "none",
      nodesize: 4096,
      logSync: "default",
    });
    for (const database of [mariadb, mysql])
      expect(layoutOf([database])).toMatchObject({ data: "cow", log: "own-filesystem" });
    const plan = planOf([postgresql]);
    expect(plan.databases[0]?.snapshots).toMatchObject({ every: "1h" });
    const decision = plan.decisions.find((d) => d.id === `${postgresql.name}.snapshots`);
    expect(decision?.reason).toContain("pg_backup_start");
  });

  test("latency, and data larger than memory: NOCOW data too, and few snapshots, which would undo it", () => {
    const plan = planOf([{ ...postgresql, prefer: "latency", sizeGiB: 200 }]);
    expect(plan.databases[0]?.layout).toMatchObject({ data: "nocow", log: "own-filesystem" });
    expect(plan.databases[0]?.snapshots).toMatchObject({ every: "1d" });
  });

  test("MySQL's data are NOCOW only where an override says so: a torn page can keep it from starting", () => {
    for (const prefer of ["latency", "throughput"])
      expect(layoutOf([{ ...mysql, prefer, sizeGiB: 200 }])).toMatchObject({ data: "cow" });
    const plan = planOf([{ ...mysql, prefer: "latency", override: { data: "nocow" } }]);
    expect(plan.databases[0]?.layout).toMatchObject({ data: "nocow" });
    expect(plan.warnings.join("\n")).toContain("page 5 of ibdata1");
    expect(planOf([mysql]).warnings.join("\n")).not.toContain("page 5");
  });

  test("what the common advice, NOCOW for everything, would do is told with its numbers", () => {
    const evidence = builtInEvidence();
    const batches = evidence.batches.map((batch) => ({ ...batch, noisePercent: 5 }));
    const { decisions } = planOf([postgresql], {}, { ...evidence, batches });
    const layout = decisions.find((d) => d.id === "orders.layout");
    expect(layout?.reason).toMatch(
      /The common advice, NOCOW for all of a database, is \d+ % slower than that/,
    );
    expect(layout?.evidence).toContain("postgresql-oltp-nocow-4k");
  });

  test("where the common advice is ruled out, that is said with the reason", () => {
    const plan = planOf([sqlite]);
    expect(plan.decisions.find((d) => d.id === `${sqlite.name}.layout`)?.reason).toContain(
      "Here it is ruled out. SQLite has no page checksums",
    );
  });

  test("frequent snapshots of NOCOW data are taken where the spec asks for them, and the reason says what they cost", () => {
    const plan = planOf([{ ...postgresql, snapshots: { every: "15min" }, override: { data: "nocow" } }]);
    const decision = plan.decisions.find((d) => d.id === `${postgresql.name}.snapshots`);
    expect(decision?.reason).toContain("the less is left of what NOCOW is for");
  });

  test("no snapshots because the spec asks for none is said as a warning", () => {
    const plan = planOf([{ ...postgresql, snapshots: false }]);
    expect(plan.databases[0]?.snapshots).toBeNull();
    expect(plan.warnings.join()).toContain("no snapshots are taken");
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

  test("spinning disks keep large nodes", () => {
    const nodesize = (disk: object) => layoutOf([postgresql], { disks: [disk] })?.nodesize;
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
    row.layout?.log === "own-filesystem"
      ? { ...row, metrics: { ...row.metrics, transactionsPerSecond: 500, bytesPerTransaction: 300_000 } }
      : row;

  test("where a log on XFS measures slower, the plan does not choose it", () => {
    const evidence = builtInEvidence();
    const changed = { ...evidence, rows: evidence.rows.map(slowed) };
    expect(layoutOf([postgresql])?.log).toBe("own-filesystem");
    expect(layoutOf([postgresql], {}, changed)?.log).not.toBe("own-filesystem");
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

test("a host of any size gets settings that the server takes", () => {
  const huge = { memoryGiB: 100_000, cpus: 4096 };
  const settings = planOf([{ ...postgresql, workload: "analytics" }], huge).databases[0]?.settings ?? [];
  const given = (name: string) => settings.find((s) => s.name === name)?.value;
  expect(given("max_parallel_workers")).toBe(1024);
  expect(given("max_parallel_workers_per_gather")).toBe(1024);
  expect(given("shared_buffers")).toBe(`${8 * 1024 * 1024 - 1}MB`);
});

test("a small host is not planned for the connections of a large one, unless its owner says so", () => {
  const connections = (database: object) => planOf([database], { memoryGiB: 2 }).databases[0]?.connections;
  expect(connections(postgresql)).toBe(75);
  expect(connections({ ...postgresql, connections: 150 })).toBe(150);
});
