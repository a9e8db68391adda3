import { expect, test } from "vitest";
import type { Evidence } from "../evidence/schema.ts";
import { compareSigns } from "./signs.ts";

const batch = { id: "postgresql-oltp", noisePercent: 4 } as Evidence["batches"][number];

const evidence = (rates: Readonly<Record<string, number>>, noisePercent = 4): Evidence => ({
  evidenceVersion: 1,
  title: "of a test",
  batches: [{ ...batch, noisePercent }],
  rows: Object.entries(rates).map(
    ([id, transactionsPerSecond]) =>
      ({
        id: `${batch.id}-${id}`,
        batch: batch.id,
        metrics: { transactionsPerSecond },
      }) as Evidence["rows"][number],
  ),
});

const reference = evidence({ "btrfs-defaults": 1000, xfs: 2000, nocow: 1300, "cow-4k": 1020 });

test("a disk on which another layout wins contradicts, whatever the absolute numbers", () => {
  const mine = evidence({ "btrfs-defaults": 100, xfs: 180, nocow: 60, "cow-4k": 130 });
  const found = compareSigns(mine, reference).map(({ row, contradict }) => [row, contradict]);
  expect(found).toEqual([
    ["postgresql-oltp-xfs", false],
    ["postgresql-oltp-nocow", true],
    // Faster here and the same there: no contradiction.
    ["postgresql-oltp-cow-4k", false],
  ]);
});

test("what lies within the noise of its batch has no sign", () => {
  const noisy = evidence({ "btrfs-defaults": 1000, nocow: 800 }, 25);
  expect(compareSigns(noisy, reference)).toMatchObject([{ signs: ["same", "faster"], contradict: false }]);
});

test("rows that one of them lacks are left out", () => {
  expect(compareSigns(evidence({ "btrfs-defaults": 1, other: 2 }), reference)).toEqual([]);
});
