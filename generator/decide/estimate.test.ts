import { describe, expect, test } from "vitest";
import { builtInEvidence } from "../evidence/load.ts";
import type { Batch, Evidence, EvidenceRow } from "../evidence/schema.ts";
import { btrfsDefaults, type LayoutChoice } from "../layout/layout-choice.ts";
import type { Circumstances } from "./circumstances.ts";
import { estimate } from "./estimate.ts";

const here: Circumstances = {
  engine: "postgresql",
  family: "postgresql",
  workload: "oltp",
  data: "smaller-than-memory",
  snapshots: false,
};

type Rates = readonly (readonly [Partial<LayoutChoice>, number])[];

/** Batches of 5 % noise that are as close to `here` as each other, with rates of layouts. */
const measured = (batches: Readonly<Record<string, Rates>>): Evidence => {
  const base = builtInEvidence().batches.find(({ id }) => id === "postgresql-oltp");
  if (base === undefined) throw new Error("no batch to take after");
  const batch = (id: string): Batch => ({ ...base, id, noisePercent: 5 });
  const row = (id: string, at: number, [layout, transactionsPerSecond]: Rates[number]): EvidenceRow => ({
    id: `${id}-${at}`,
    batch: id,
    title: id,
    filesystem: "btrfs",
    layout: { ...btrfsDefaults, ...layout },
    variation: {},
    metrics: { transactionsPerSecond },
  });
  return {
    evidenceVersion: 1,
    title: "A test",
    batches: Object.keys(batches).map(batch),
    rows: Object.entries(batches).flatMap(([id, rates]) => rates.map((rate, at) => row(id, at, rate))),
  };
};

const small = { nodesize: 4096 } as const;
const logOnXfs = { log: "own-filesystem" } as const;

const rateOf = (evidence: Evidence, layout: Partial<LayoutChoice>) =>
  estimate(evidence, "transactionsPerSecond", { ...btrfsDefaults, ...layout }, here);

describe("of several batches that are as close", () => {
  const four: Rates = [
    [{}, 1000],
    [small, 1010],
    [logOnXfs, 2000],
    [{ ...logOnXfs, ...small }, 2010],
  ];
  const one: Rates = [
    [{}, 1000],
    [{ ...logOnXfs, ...small }, 1000],
  ];

  test("one that lacks a layout has its say by what it says of the nearest", () => {
    const found = rateOf(measured({ four, one }), logOnXfs);
    expect(found?.ratio).toBeCloseTo(Math.sqrt(2 * 1), 2);
    expect(found?.confidence).toBe("measured");
    expect(found?.rows).toEqual(expect.arrayContaining(["four-2", "one-1"]));
  });

  test("a layout wins nothing by being left out where it would do badly", () => {
    const evidence = measured({ four, one });
    const [all, some] = [{ ...logOnXfs, ...small }, logOnXfs].map((layout) => rateOf(evidence, layout));
    expect((some?.ratio ?? 0) / (all?.ratio ?? 1)).toBeCloseTo(1, 2);
  });
});

test("a layout that nobody measured is taken from one with data and log in the same places", () => {
  const evidence = measured({
    near: [
      [{}, 1000],
      [{ ...logOnXfs, ...small }, 3000],
    ],
    far: [
      [{}, 1000],
      [logOnXfs, 1500],
      [{ ...logOnXfs, ...small }, 1500],
    ].map(([layout, rate]) => [layout, rate] as Rates[number]),
  });
  const elsewhere: Evidence = {
    ...evidence,
    batches: evidence.batches.map((batch) => (batch.id === "far" ? { ...batch, workload: "queue" } : batch)),
  };
  const found = rateOf(elsewhere, logOnXfs);
  expect(found?.ratio).toBeCloseTo(3);
  expect(found?.confidence).toBe("inferred");
});

test("a transaction that writes less than a sector only reads: how much less makes no difference", () => {
  const writing = (...bytes: readonly number[]) => {
    const { rows, ...rest } = measured({
      one: [
        [{}, 1000],
        [small, 1000],
      ],
    });
    const evidence = {
      ...rest,
      rows: rows.map((row, at) => ({ ...row, metrics: { bytesPerTransaction: bytes[at] ?? 1 } })),
    };
    return estimate(evidence, "bytesPerTransaction", { ...btrfsDefaults, ...small }, here)?.ratio;
  };
  expect(writing(100, 20)).toBe(1);
  expect(writing(10_000, 5000)).toBe(0.5);
});
