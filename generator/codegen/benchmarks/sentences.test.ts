import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentencesOf } from "./sentences.ts";
import { measuredOf, row } from "./testing/measured.ts";

const plain = row("Defaults", {}, 1000);
const xfs = row("XFS", "xfs", 2000);
const ownLog = row("Log on XFS", { log: "own-filesystem" }, 1900);
const noCow = row("All NOCOW", { data: "nocow" }, 1200);

test("the fastest layout against plain Btrfs and XFS, and what blanket NOCOW gives", () => {
  expect(sentencesOf(measuredOf([plain, xfs, ownLog, noCow]))).toEqual([
    'Of the layouts on Btrfs, "Log on XFS" makes the most transactions: 1.9 times as many as plain Btrfs and 0.95 times as many as XFS.',
    '"All NOCOW" makes 1.2 times as many transactions as plain Btrfs.',
  ]);
});

test("what the noise could say too is said so, and no number is made of it", () => {
  const sentences = sentencesOf(measuredOf([plain, row("XFS", "xfs", 1950), ownLog]));
  expect(sentences).toEqual([
    'Of the layouts on Btrfs, "Log on XFS" makes the most transactions: 1.9 times as many as plain Btrfs and as many as XFS (within the noise).',
  ]);
});

test("where the fastest keeps no checksums, so is the fastest that does", () => {
  const faster = row("All NOCOW", { data: "nocow" }, 3000);
  expect(sentencesOf(measuredOf([plain, ownLog, faster]))).toEqual([
    'Of the layouts on Btrfs, "All NOCOW" makes the most transactions: 3 times as many as plain Btrfs.',
    'Of those that keep checksums of the data, "Log on XFS" makes the most transactions: 1.9 times as many as plain Btrfs.',
  ]);
});

test("of two that the noise cannot tell apart, the one with checksums is named", () => {
  const [first] = sentencesOf(measuredOf([plain, ownLog, row("NOCOW", { data: "nocow" }, 1950)]));
  expect(first).toContain('"Log on XFS" makes the most transactions');
  expect(first).toContain("1 other layout is as good within the noise.");
});

test("where no layout is faster, who writes least is told", () => {
  const writing = (bytesPerTransaction: number, transactionsPerSecond: number) => ({
    bytesPerTransaction,
    transactionsPerSecond,
  });
  const rows = [
    row("Defaults", {}, writing(100_000, 1000)),
    row("Small nodes", { nodesize: 4096 }, writing(30_000, 1010)),
    row("XFS", "xfs", writing(20_000, 2000)),
  ];
  expect(sentencesOf(measuredOf(rows))).toEqual([
    'No layout on Btrfs makes more transactions than plain Btrfs by more than the noise. "Small nodes" writes the fewest bytes per transaction: 0.3 times as many as plain Btrfs and 1.5 times as many as XFS.',
    "Plain Btrfs makes 0.5 times as many transactions as XFS.",
  ]);
});

test("an analyst reads of scans, an archivist of space too", () => {
  const zstd = { compression: "zstd" } as const;
  const rows = [
    row("Defaults", {}, { transactionsPerSecond: 100, scanMiBPerSecond: 400, spaceShare: 0.8 }),
    row("zstd", zstd, { transactionsPerSecond: 101, scanMiBPerSecond: 800, spaceShare: 0.2 }),
  ];
  expect(sentencesOf(measuredOf(rows, { workload: "analytics" }))[0]).toBe(
    'Of the layouts on Btrfs, "zstd" reads its files fastest: 2 times as fast as plain Btrfs.',
  );
  expect(sentencesOf(measuredOf(rows, { workload: "append" })).at(-1)).toBe(
    'Of the layouts on Btrfs, "zstd" takes the least space for its files: 0.25 times as much as plain Btrfs.',
  );
});

test("how often a transaction waits for a flush, where it was counted", () => {
  const counted = (transactionsPerSecond: number, flushesPerTransaction: number) => ({
    transactionsPerSecond,
    flushesPerTransaction,
  });
  const rows = [
    row("Defaults", {}, counted(1000, 2.01)),
    row("XFS", "xfs", counted(2500, 1.002)),
    row("All NOCOW", { data: "nocow" }, counted(1400, 2.006)),
  ];
  expect(sentencesOf(measuredOf(rows))).toContain(
    'For each transaction the disk\'s write cache is flushed once on XFS, 2 times on plain Btrfs and 2 times on "All NOCOW".',
  );
  expect(sentencesOf(measuredOf(rows, { workload: "analytics" })).join()).not.toContain("flushed");
  const reading = [row("Defaults", {}, counted(1000, 0.001)), row("XFS", "xfs", counted(2500, 0.002))];
  expect(sentencesOf(measuredOf(reading)).join()).not.toContain("flushed");
});

describe("what differs in more than its layout", () => {
  const vary = (title: string, rate: number) =>
    row(title, { nodesize: 4096 }, rate, { variation: { commit_delay: 200 } });
  const base = row("Small nodes", { nodesize: 4096 }, 1000);

  test("is no layout to choose, and is compared with its layout alone", () => {
    expect(sentencesOf(measuredOf([plain, xfs, base, vary("Gathered", 9000)]))).toEqual([
      "No layout on Btrfs makes more transactions than plain Btrfs by more than the noise.",
      "Plain Btrfs makes 0.5 times as many transactions as XFS.",
      'More transactions than the same layout without it: "Gathered" (9 times).',
    ]);
  });

  test("is all that a search beyond layouts is about; what changed nothing is told too", () => {
    const rows = [plain, base, vary("A", 1010), vary("B", 1500), vary("C", 1020), vary("D", 700)];
    expect(sentencesOf(measuredOf(rows))).toEqual([
      'More transactions than the same layout without it: "B" (1.5 times).',
      'Fewer than the same layout without it: "D" (0.7 times).',
      'As many as the same layout without it, within the noise: "C" and "A".',
    ]);
  });
});

describe("noise", () => {
  test("where it is not known, 30 % are taken for it", () => {
    const once = { noisePercent: 0 };
    const near = row("Log on XFS", { log: "own-filesystem" }, 1290);
    expect(sentencesOf(measuredOf([plain, near], once))).toEqual([
      "No layout on Btrfs makes more transactions than plain Btrfs by more than the noise.",
    ]);
    expect(sentencesOf(measuredOf([plain, ownLog], once))[0]).toContain("1.9 times as many as plain Btrfs");
  });

  test("rates that all lie within it make no claim", () => {
    const rate = fc.double({ min: 1000, max: 1049, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(rate, rate, rate, rate), ([a, b, c, d]) => {
        const rows = [
          row("Defaults", {}, a),
          row("XFS", "xfs", b),
          row("Log on XFS", { log: "own-filesystem" }, c),
          row("All NOCOW", { data: "nocow" }, d),
        ];
        expect(sentencesOf(measuredOf(rows)).join()).not.toMatch(/\d/);
      }),
    );
  });
});
