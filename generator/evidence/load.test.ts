import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { btrfsDefaults } from "../layout/layout-choice.ts";
import { isCandidate } from "./candidate-rows.ts";
import { evidenceJsonSchema } from "./json-schema.ts";
import { builtInEvidence, parseEvidence } from "./load.ts";
import type { Evidence, EvidenceRow } from "./schema.ts";

const text = readFileSync(new URL("./reference.json", import.meta.url), "utf8");

const rowOf = (id: string): EvidenceRow => {
  const row = builtInEvidence().rows.find((r) => r.id === id);
  if (!row) throw new Error(`no row ${id}`);
  return row;
};

describe("the built-in evidence", () => {
  it("is valid, and says the same unparsed", () => {
    expect(parseEvidence(text, "reference.json")).toEqual({ ok: true, evidence: builtInEvidence() });
  });

  it("has every engine beside XFS, with all that a trial measures", () => {
    for (const engine of ["postgresql", "mariadb", "mysql", "sqlite"]) {
      expect(Object.keys(rowOf(`${engine}-oltp-xfs`).metrics)).toEqual(
        expect.arrayContaining([
          "transactionsPerSecond",
          "latencyP95Milliseconds",
          "bytesPerTransaction",
          "extents",
        ]),
      );
    }
  });

  it("keeps rows that differ in more than the layout out of the comparison", () => {
    const varied = rowOf("sqlite-oltp-search-sqlite-page-8k");
    expect([varied.variation, isCandidate(varied)]).toEqual([{ page_size: 8192 }, false]);
    expect(isCandidate(rowOf("sqlite-oltp-search-cow-4k"))).toBe(true);
  });
});

/** A small file that holds together: two batches, of which the second has plain Btrfs alone. */
const small = (): Evidence => {
  const [batch] = builtInEvidence().batches;
  if (batch === undefined) throw new Error("no batch");
  const row = (id: string, of: string, more: Partial<EvidenceRow> = {}): EvidenceRow => ({
    id,
    batch: of,
    title: id,
    filesystem: "btrfs",
    layout: btrfsDefaults,
    variation: {},
    metrics: { transactionsPerSecond: { low: 900, high: 1000 }, extents: 7 },
    ...more,
  });
  return {
    evidenceVersion: 1,
    title: "of a test",
    batches: [
      { ...batch, id: "one" },
      { ...batch, id: "two" },
    ],
    rows: [
      row("xfs", "one", { filesystem: "xfs", layout: null }),
      row("plain", "one"),
      row("nocow", "one", { layout: { ...btrfsDefaults, data: "nocow" } }),
      row("varied", "one", { variation: { commit_delay: 200 } }),
      row("alone", "two"),
    ],
  };
};

describe("a file that does not hold together", () => {
  const problemsIn = (evidence: Evidence) => {
    const result = parseEvidence(JSON.stringify(evidence), "my.json");
    return result.ok ? [] : result.problems.map(({ pointer, found }) => `${pointer}: ${found}`);
  };
  const changed = (id: string, changes: Partial<EvidenceRow>): Evidence => {
    const evidence = small();
    Object.assign(evidence.rows.find((row) => row.id === id) ?? {}, changes);
    return evidence;
  };

  it("is told from one that does", () => expect(problemsIn(small())).toEqual([]));

  it.each([
    ["a row's id twice", "nocow", { id: "plain" }, '/rows/2/id: "plain" a second time'],
    ["a batch that is not there", "nocow", { batch: "pg" }, '/rows/2/batch: "pg"'],
    ["Btrfs without a layout", "nocow", { layout: null }, "/rows/2/layout: no layout"],
    ["a layout on XFS", "xfs", { layout: btrfsDefaults }, "/rows/0/layout: a layout on xfs"],
    ["a row without a number", "xfs", { metrics: {} }, "/rows/0/metrics: no metric"],
    [
      "a range that descends",
      "xfs",
      { metrics: { extents: { low: 3, high: 2 } } },
      '/rows/0/metrics/extents: {"low":3,"high":2}',
    ],
    [
      "a failed run, entered as nought",
      "xfs",
      { metrics: { transactionsPerSecond: 0 } },
      "/rows/0/metrics/transactionsPerSecond: 0",
    ],
    [
      "a range that a failed run opens",
      "xfs",
      { metrics: { latencyP95Milliseconds: { low: 0, high: 2 } } },
      "/rows/0/metrics/latencyP95Milliseconds/low: 0",
    ],
    [
      "one layout twice in a batch",
      "varied",
      { variation: {} },
      "/rows/3/layout: the layout of plain, in the same batch",
    ],
    [
      "nothing to compare with",
      "alone",
      { variation: { wal_compression: "lz4" } },
      '/batches/1: "two" without a row for plain Btrfs',
    ],
  ] as const)("%s is found", (_, id, changes, problem) => {
    expect(problemsIn(changed(id, changes as Partial<EvidenceRow>))).toEqual([problem]);
  });

  it("a batch's id twice is found", () => {
    const evidence = small();
    evidence.batches.push(...evidence.batches.slice(0, 1));
    expect(problemsIn(evidence)).toEqual(['/batches/2/id: "one" a second time']);
  });

  it("every problem of the form is named, with what is allowed", () => {
    const misspelt = JSON.stringify(small())
      .replace('"filesystem":"xfs"', '"filesystem":"zfs"')
      .replace('"low":900', '"low":-1');
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
