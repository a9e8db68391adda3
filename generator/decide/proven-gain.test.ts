import { expect, test } from "vitest";
import { builtInEvidence } from "../evidence/load.ts";
import type { Evidence } from "../evidence/schema.ts";
import { btrfsDefaults, sameLayout } from "../layout/layout-choice.ts";
import { checksummed, proven } from "./proven-gain.ts";
import { layoutOf, postgresql } from "./testing/plans.ts";

/** The shipped evidence, but that NOCOW data makes a layout's transactions `gain` times as many, by that noise. */
const where = ({ gain, noisePercent }: { gain: number; noisePercent: number }): Evidence => {
  const { batches, rows, ...rest } = builtInEvidence();
  const withChecksums = rows.filter(({ layout }) => layout?.data === "cow");
  const nocow = rows.flatMap((row) => {
    if (row.layout?.data !== "nocow") return [];
    const siblings = checksummed(row.layout);
    const like = withChecksums.find(
      (other) =>
        other.batch === row.batch &&
        Object.keys(other.variation).length === 0 &&
        siblings.some((sibling) => other.layout !== null && sameLayout(sibling, other.layout)),
    );
    const rate = like?.metrics.transactionsPerSecond;
    const late = like?.metrics.latencyP95Milliseconds;
    if (like === undefined || typeof rate !== "number" || typeof late !== "number") return [];
    const metrics = { transactionsPerSecond: rate * gain, latencyP95Milliseconds: late / gain };
    return [{ ...row, metrics: { ...like.metrics, ...metrics } }];
  });
  return {
    ...rest,
    batches: batches.map((batch) => ({ ...batch, noisePercent })),
    rows: [...rows.filter(({ layout }) => layout?.data !== "nocow"), ...nocow],
  };
};

const latency = (evidence: Evidence) => layoutOf([{ ...postgresql, prefer: "latency" }], {}, evidence);

test("an owner who prefers latency gets NOCOW data where it is faster than data with checksums by more than chance", () => {
  expect(latency(where({ gain: 1.4, noisePercent: 5 }))).toMatchObject({ data: "nocow" });
  expect(latency(where({ gain: 1.4, noisePercent: 45 }))).toMatchObject({ data: "cow" });
});

const found = (ratio: number) => ({ ratio, confidence: "measured" as const, rows: [] });

test("what NOCOW loses within the noise counts as little as what it gains", () => {
  const evidence = builtInEvidence();
  const same = found(1);
  expect(proven(evidence, found(1.1), same)).toBe(same);
  expect(proven(evidence, found(0.9), same)).toBe(same);
  expect(proven(evidence, found(2), same).ratio).toBe(2);
  expect(proven(evidence, found(0.5), same).ratio).toBe(0.5);
});

test("NOCOW for all is compared with a NOCOW log, and then with none", () => {
  const all = { ...btrfsDefaults, data: "nocow" } as const;
  expect(checksummed(all).map(({ data, log }) => `${data} ${log}`)).toEqual(["cow nocow", "cow in-place"]);
  expect(checksummed({ ...all, log: "own-filesystem" })[0]).toMatchObject({
    data: "cow",
    log: "own-filesystem",
  });
  expect(checksummed(btrfsDefaults)).toEqual([]);
});
