import { describe, expect, test } from "vitest";
import { builtInEvidence } from "../../evidence/load.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { measuredBatches } from "../benchmarks/measured-batch.ts";
import { evidenceOf, row } from "../benchmarks/testing/measured.ts";
import { type AgainstXfs, againstXfs, againstXfsViews } from "./against-xfs.ts";
import { choicesBy } from "./choices.ts";
import { besideText, estimateCell } from "./estimate-cell.ts";
import { matrixOf, mirroredOf } from "./matrix.ts";
import { ruledOutBy } from "./ruled-out.ts";

const estimated = (ratio: number, confidence: "measured" | "inferred") => ({ ratio, confidence, rows: [] });

describe("a cell", () => {
  test.each([
    [estimated(1.5, "measured"), "1.50"],
    [estimated(1.5, "inferred"), "≈ 1.50"],
    [estimated(1.05, "measured"), "(1.05)"],
    [null, "–"],
  ])("of %j is %s", (estimate, text) => {
    expect(estimateCell(estimate, evidenceOf([]))).toBe(text);
  });

  test.each([
    [["1.50", "≈ 1.50"], "1.50"],
    [["(≈ 1.05)", "(≈ 1.05)"], "(≈ 1.05)"],
    [["1.50", "0.90"], "1.50 / 0.90"],
    [["≈ 1.50"], "≈ 1.50"],
  ])("of small and large data, %j, is %s", (cells, text) => {
    expect(besideText(cells)).toBe(text);
  });
});

/** Whoever moves the log makes five times as many transactions. */
const evidence: Evidence = evidenceOf([
  row("plain", {}, 1000),
  row("log on XFS", { log: "own-filesystem" }, 5000),
  row("XFS", "xfs", 5000),
]);

describe("the matrix", () => {
  const choices = choicesBy(evidence, false);
  const { engines } = matrixOf(choices, evidence);

  test("follows the evidence that it is given", () => {
    const [oltp] = engines.find(({ title }) => title === "PostgreSQL")?.rows ?? [];
    expect(oltp).toMatchObject({ workload: "oltp", rate: "5.00", againstXfs: "(1.00)" });
    expect(oltp?.layout).toContain("log on its own XFS");
  });

  test("has every workload of every engine, and each preference in each", () => {
    for (const { rows } of engines) {
      const workloads = rows.map(({ workload }) => workload).filter((workload) => workload !== "");
      expect(workloads).toEqual(["oltp", "append", "analytics", "read-mostly", "queue", "mixed"]);
      expect(rows.map(({ asked }) => asked).join(" ")).toMatch(/any|balanced.*integrity.*space/s);
    }
  });

  test("on two mirrored disks has neither NOCOW nor a log of its own", () => {
    for (const { layout } of mirroredOf(choicesBy(builtInEvidence(), true)))
      expect(layout).toMatch(/^data CoW, log with the data/);
  });
});

test("what is refused stands with the reason, once where it is the same for several engines", () => {
  const rows = ruledOutBy([...choicesBy(evidence, false), ...choicesBy(evidence, true)]);
  expect(rows.filter(({ what }) => what === "zstd on NOCOW data")).toHaveLength(1);
  expect(rows).toContainEqual({
    engine: "SQLite",
    where: "anywhere",
    what: "NOCOW data",
    why: expect.stringContaining("no page checksums"),
  });
  expect(rows).toContainEqual(
    expect.objectContaining({
      engine: "PostgreSQL, MySQL and MariaDB",
      where: "mirrored disks",
      what: "the log alone NOCOW",
    }),
  );
});

describe("beside XFS", () => {
  const viewsOf = (given: Evidence) => {
    const found: AgainstXfs[] = againstXfs(measuredBatches(given));
    return againstXfsViews(found, choicesBy(given, false));
  };

  test.each([
    [1000, 5000, "XFS is ahead of every layout"],
    [5000, 5100, "no difference"],
    [5000, 1000, "Btrfs is ahead"],
  ])("%i transactions on Btrfs, %i on XFS: %s", (btrfs, xfs, verdict) => {
    expect(viewsOf(evidenceOf([row("plain", {}, btrfs), row("XFS", "xfs", xfs)]))).toMatchObject([
      { verdict },
    ]);
  });

  test("a layout that the planner refuses is not passed off as a choice", () => {
    const rows = [row("plain", {}, 1000), row("NOCOW", { data: "nocow" }, 2000), row("XFS", "xfs", 1000)];
    expect(viewsOf(evidenceOf(rows, { engine: "sqlite" }))[0]?.best).toBe("NOCOW, which the plan refuses");
    expect(viewsOf(evidenceOf(rows))[0]?.best).toBe("NOCOW");
  });
});
