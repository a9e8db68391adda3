import { expect, test } from "vitest";
import { syntheticEvidence } from "../../bench/testing/synthetic-evidence.ts";
import { bitRot } from "../../evidence/bit-rot.ts";
import { builtInEvidence } from "../../evidence/load.ts";
import { evidenceOf, row } from "../benchmarks/testing/measured.ts";
import { tradeOffsPage } from "./page.ts";

const noLab = { pauses: [], torn: [] };

test("without snapshots, XFS and a lab the page leaves out what it cannot say", () => {
  const { text } = tradeOffsPage(evidenceOf([row("plain", {}, 1000)]), [], noLab);
  expect(text).not.toMatch(/undefined|null|NaN|Infinity/);
  expect(text).not.toContain("Damaged copies in the lab");
  expect(text).not.toContain("How long commits waited");
  expect(text).not.toContain("XFS is ahead");
});

test("a database that nobody measured has dashes", () => {
  const { text } = tradeOffsPage({ ...builtInEvidence(), batches: [], rows: [] }, bitRot, noLab);
  expect(text).toMatch(/^\| oltp \|.*\| – \| – \| – \| – \|$/m);
});

test("numbers are the evidence's: other measurements make other ones", () => {
  const pageOf = (rate: number) =>
    tradeOffsPage(evidenceOf([row("plain", {}, 1000), row("XFS", "xfs", rate)]), [], noLab).text;
  expect(pageOf(2000)).toContain("Plain Btrfs makes 0.5 times as many transactions as XFS in 1 batch");
  expect(pageOf(4000)).toContain("Plain Btrfs makes 0.25 times as many transactions as XFS in 1 batch");
});

test("all of a reference run finds its place: whatever decides stands beside XFS", () => {
  const whole = syntheticEvidence((_, candidate) => (candidate === "xfs" ? 2000 : 1000));
  const { text } = tradeOffsPage(whole, bitRot, noLab);
  const besideXfs = text.split("## When not to use Btrfs")[1] ?? "";
  const deciding = whole.batches.filter(({ representative }) => representative);
  for (const { id } of deciding) expect(besideXfs).toContain(`(benchmarks.md#${id})`);
  expect(text).not.toMatch(/undefined|null|NaN|Infinity/);
});

test("damaged copies are told by engine and order", () => {
  const torn = [
    { engine: "mysql", first: "data", gapSeconds: 2, copies: 20, damaged: 1 },
    { engine: "mysql", first: "log", gapSeconds: 2, copies: 20, damaged: 20 },
  ] as const;
  const { text } = tradeOffsPage(builtInEvidence(), bitRot, { pauses: [], torn });
  expect(text).toContain(
    "Damaged copies in the lab: 2 s apart, MySQL 1 of 20 with the data first and 20 of 20 with the log first.",
  );
});
