import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evidenceJsonSchema } from "./json-schema.ts";
import { builtInEvidence, parseEvidence } from "./load.ts";
import type { Evidence, EvidenceRow } from "./schema.ts";

const text = readFileSync(new URL("./pilot.json", import.meta.url), "utf8");

const rowOf = (id: string): EvidenceRow => {
  const row = builtInEvidence().rows.find((r) => r.id === id);
  if (!row) throw new Error(`no row ${id}`);
  return row;
};

describe("the built-in evidence", () => {
  it("is valid, and says the same unparsed", () => {
    expect(parseEvidence(text, "pilot.json")).toEqual({ ok: true, evidence: builtInEvidence() });
  });

  it("has every row of the pilot measurement", () => {
    const counts = Object.groupBy(builtInEvidence().rows, (row) => row.batch);
    expect(Object.entries(counts).map(([batch, rows]) => [batch, rows?.length])).toEqual([
      ["pg-oltp-cached", 13],
      ["pg-oltp-cached-snapshots-8s", 5],
      ["pg-oltp-larger-than-memory", 7],
      ["sqlite-wal-full", 6],
      ["sqlite-wal-normal", 4],
      ["sqlite-delete-full", 4],
      ["mariadb-oltp-cached", 8],
    ]);
  });

  it.each([
    ["pg-cached-defaults", "transactionsPerSecond", { low: 1410, high: 1760 }],
    ["pg-cached-defaults", "bytesPerTransaction", 105 * 1024],
    ["pg-cached-ext4", "bytesPerTransaction", { low: 18 * 1024, high: 20 * 1024 }],
    ["pg-cached-log-nocow-4k-nodes-datasync", "spaceGiB", 2.3],
    ["pg-cached-log-nocow-4k-nodes-datasync-zstd", "spaceGiB", 1.07],
    ["pg-cached-log-on-xfs-4k-nodes", "transactionsPerSecond", 3410],
    ["pg-snapshots-nocow", "extents", 73_000],
    ["pg-large-nocow-log-on-xfs-4k-nodes", "transactionsPerSecond", 2974],
    ["sqlite-wal-full-defaults", "transactionsPerSecond", 818],
    ["sqlite-wal-normal-nocow", "transactionsPerSecond", 4821],
    ["sqlite-delete-full-defaults", "writtenMiB", 6094],
    ["sqlite-wal-full-nocow-4k-nodes", "writtenMiB", 883],
    ["mariadb-cached-xfs", "latencyP95Milliseconds", { low: 2.2, high: 2.3 }],
    ["mariadb-cached-log-on-xfs-4k-nodes", "transactionsPerSecond", 2894],
  ] as const)("%s: %s is %j", (id, metric, value) => {
    expect(rowOf(id).metrics[metric]).toEqual(value);
  });

  it("keeps rows that differ in more than the layout out of the comparison", () => {
    const varied = builtInEvidence().rows.filter((row) => Object.keys(row.variation).length > 0);
    expect(varied.map((row) => row.variation)).toEqual([
      { wal_recycle: "off", wal_init_zero: "off" },
      { metadataProfile: "single" },
      { commit_delay: 200 },
      ...Array(3).fill({ compressionLevel: 1 }),
    ]);
  });

  it("lets only batches decide whose settings a plan would give", () => {
    const others = builtInEvidence().batches.filter((batch) => !batch.representative);
    expect(others.map((batch) => batch.id)).toEqual(["sqlite-wal-normal", "sqlite-delete-full"]);
  });
});

describe("a file that does not hold together", () => {
  const problemsOf = (change: (evidence: Evidence) => void) => {
    const evidence = structuredClone(builtInEvidence());
    change(evidence);
    const result = parseEvidence(JSON.stringify(evidence), "my.json");
    return result.ok ? [] : result.problems.map(({ pointer, found }) => `${pointer}: ${found}`);
  };
  const change = (id: string, changes: Partial<EvidenceRow>) => (evidence: Evidence) => {
    Object.assign(evidence.rows.find((row) => row.id === id) ?? {}, changes);
  };

  it.each([
    [
      "a row's id twice",
      change("pg-cached-ext4", { id: "pg-cached-xfs" }),
      '/rows/1/id: "pg-cached-xfs" a second time',
    ],
    ["a batch that is not there", change("pg-cached-ext4", { batch: "pg" }), '/rows/1/batch: "pg"'],
    ["Btrfs without a layout", change("pg-cached-nocow", { layout: null }), "/rows/4/layout: no layout"],
    [
      "a layout on XFS",
      change("pg-cached-xfs", { layout: rowOf("pg-cached-defaults").layout }),
      "/rows/0/layout: a layout on xfs",
    ],
    ["a row without a number", change("pg-cached-xfs", { metrics: {} }), "/rows/0/metrics: no metric"],
    [
      "a range that descends",
      change("pg-cached-xfs", { metrics: { extents: { low: 3, high: 2 } } }),
      '/rows/0/metrics/extents: {"low":3,"high":2}',
    ],
    [
      "a failed run, entered as nought",
      change("pg-cached-xfs", { metrics: { transactionsPerSecond: 0 } }),
      "/rows/0/metrics/transactionsPerSecond: 0",
    ],
    [
      "a range that a failed run opens",
      change("pg-cached-xfs", { metrics: { latencyP95Milliseconds: { low: 0, high: 2 } } }),
      "/rows/0/metrics/latencyP95Milliseconds/low: 0",
    ],
    [
      "one layout twice in a batch",
      change("pg-cached-cow-no-recycling", { variation: {} }),
      "/rows/3/layout: the layout of pg-cached-defaults, in the same batch",
    ],
    [
      "nothing to compare with",
      change("pg-large-defaults", { variation: { wal_compression: "lz4" } }),
      '/batches/2: "pg-oltp-larger-than-memory" without a row for plain Btrfs',
    ],
  ])("%s is found", (_, spoil, problem) => {
    expect(problemsOf(spoil)).toEqual([problem]);
  });

  it("a batch's id twice is found", () => {
    const twice = (evidence: Evidence) => evidence.batches.push(...evidence.batches.slice(0, 1));
    expect(problemsOf(twice)).toEqual(['/batches/7/id: "pg-oltp-cached" a second time']);
  });

  it("every problem of the form is named, with what is allowed", () => {
    const misspelt = text
      .replace('"filesystem": "xfs"', '"filesystem": "zfs"')
      .replace('"low": 3220', '"low": -1');
    const result = parseEvidence(misspelt, "my.json");
    expect(result.ok ? [] : result.problems).toMatchObject([
      { file: "my.json", pointer: "/rows/0/filesystem", found: '"zfs"', allowed: '"btrfs", "xfs", "ext4"' },
      { file: "my.json", pointer: "/rows/0/metrics/transactionsPerSecond/low", found: "-1" },
    ]);
  });

  it("text that is no JSON is one problem of the whole file", () => {
    expect(parseEvidence("{", "my.json")).toMatchObject({
      ok: false,
      problems: [{ file: "my.json", pointer: "" }],
    });
  });
});

it("the JSON Schema lets a writer leave defaults out and refuses unknown fields", () => {
  const schema = evidenceJsonSchema() as {
    definitions?: unknown;
    properties: Record<string, { items: object }>;
  };
  expect(schema.properties.rows?.items).toMatchObject({ additionalProperties: false });
  expect(schema.properties.rows?.items).toHaveProperty("required", [
    "id",
    "batch",
    "title",
    "filesystem",
    "layout",
    "metrics",
  ]);
});
