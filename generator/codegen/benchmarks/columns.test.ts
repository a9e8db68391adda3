import { expect, test } from "vitest";
import { definitions, measuredText, tableOf } from "./columns.ts";
import { row } from "./testing/measured.ts";

test("only what was measured has a column, and what a row lacks is a dash", () => {
  const rows = [
    row("a", {}, { transactionsPerSecond: 1234.4, latencyP95Milliseconds: 2.26, latencyP99Milliseconds: 10 }),
    row("b", "xfs", { transactionsPerSecond: { low: 900, high: 1000 }, latencyP99Milliseconds: 9 }),
    row("c", "ext4", { bytesPerTransaction: 30_720 }),
  ];
  expect(tableOf(rows)).toEqual({
    headings: ["tx/s", "p95/p99 ms", "KiB/tx"],
    cells: [
      ["1,234", "2.26/10", "–"],
      ["900–1,000", "–/9", "–"],
      ["–", "–", "30"],
    ],
  });
});

test("bytes in all stand only where bytes per transaction do not say it", () => {
  const both = { bytesPerTransaction: 2048, writtenMiB: 5 };
  expect(tableOf([row("a", {}, both)]).headings).toEqual(["KiB/tx"]);
  expect(tableOf([row("a", {}, both), row("b", "xfs", { writtenMiB: 7 })]).headings).toEqual([
    "KiB/tx",
    "written MiB",
  ]);
});

test("a range that rounding closes is one number", () => {
  expect(measuredText("bytesPerTransaction", { low: 1024, high: 1025 })).toBe("1");
});

test("columns that are there mean what the schema of an evidence file says", () => {
  expect(definitions([row("a", {}, { recoverySeconds: 1, transactionsPerSecond: 5 })])).toEqual([
    {
      title: "recovery s",
      text: "From the start of a server that was killed under load until it answers.",
    },
  ]);
});
