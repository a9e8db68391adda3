import { expect, test } from "vitest";
import { builtInEvidence } from "../evidence/load.ts";
import { regrets } from "./regret.ts";
import { syntheticEvidence } from "./testing/synthetic-evidence.ts";

const inWords = ({ batch, owner, chosen, best, regretPercent }: ReturnType<typeof regrets>[number]): string =>
  `${batch}, ${owner.prefer}: ${chosen ?? "a layout that was not measured"}; ${best} is ${regretPercent ?? "?"} % better`;

test("by the shipped evidence the planner is never more than 5 % and the noise behind the best that its owner could have had", () => {
  const all = regrets(builtInEvidence());
  expect(all.length).toBeGreaterThan(0);
  const behind = all.filter(
    ({ regretPercent, withinNoise }) => regretPercent === null || (regretPercent > 5 && !withinNoise),
  );
  expect(behind.map(inWords)).toEqual([]);
});

test("a layout that the weights pass over is regretted", () => {
  // Plain NOCOW far ahead: an owner who prefers throughput gets it, and one who wants checksums never does.
  const measured = syntheticEvidence((_, candidate) => (candidate === "nocow-4k" ? 9000 : 1000));
  const inOltp = regrets(measured).filter(({ batch }) => batch === "mariadb-oltp");
  const by = (prefer: string) => inOltp.find(({ owner }) => owner.prefer === prefer);
  expect(by("throughput")).toMatchObject({ chosen: "All NOCOW, 4 KiB nodes", regretPercent: 0 });
  expect(by("integrity")?.best).not.toContain("All NOCOW");
});

test("space is regretted in percent of the files' size, and not at all where some layout's is unknown", () => {
  const ofSpace = (zstdRate: number, unknown = "none") => {
    const measured = syntheticEvidence((_, id) =>
      id === "zstd-4k" ? zstdRate : id.includes("4k") ? 1100 : 1000,
    );
    const rows = measured.rows.map((row) => {
      const { spaceShare: _replaced, ...others } = row.metrics;
      const spaceShare = row.layout?.compression === "zstd" ? 0.2 : 0.9;
      return { ...row, metrics: row.id === unknown ? others : { ...others, spaceShare } };
    });
    return regrets({ ...measured, rows }).find(
      ({ batch, owner }) => batch === "sqlite-oltp" && owner.prefer === "space",
    );
  };
  expect(ofSpace(1100)).toMatchObject({ metric: "spaceShare", regretPercent: 0 });
  // So slow that even its owner gets another.
  expect(ofSpace(1)).toMatchObject({ regretPercent: 70, withinNoise: false });
  expect(ofSpace(1100, "sqlite-oltp-nocow")).toBeUndefined();
});
