import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { othersShare, processorTimes, processorTimesIn, tolerated, undisturbed } from "./disturbance.ts";

const stat = "cpu  300 20 70 900 5 0 1 40 0 0\ncpu0 150 10 35 450 2 0 1 20 0 0\n";
const self = "12 (a ) name) S 1 1 1 0 -1 0 0 0 0 0 50 9 30 8 20 0 1 0";

test("reads who used the processors, whatever the process is called", () => {
  expect(processorTimesIn(stat, self)).toEqual({ programs: 3200, own: 800, stolen: 400 });
});

test("what is neither ours nor the server's is others', and so is what was stolen", () => {
  const before = { programs: 1000, own: 100, stolen: 0 };
  const after = { programs: 9000, own: 1100, stolen: 500 };
  expect(othersShare(before, after, 6000, 10)).toBeCloseTo(0.15);
  expect(othersShare(before, after, 9000, 10)).toBe(0);
});

const burn = "while (process.cpuUsage().user < 500_000);";

test("a client that was waited for is our own; a stranger is seen", async () => {
  const before = processorTimes();
  spawnSync(process.execPath, ["-e", burn]);
  const after = processorTimes();
  expect(after.own - before.own).toBeGreaterThan(300);
  // The same work, had somebody else done it.
  const stranger = { ...after, own: before.own };
  expect(othersShare(before, stranger, 0, 1)).toBeGreaterThan(tolerated);
});

test.each([
  ["the first that nobody disturbed counts, and no other is run", [0.4, 0.01, 0], 0.01, [0.4]],
  ["one at the bound is not disturbed", [tolerated], tolerated, []],
  ["of three that were disturbed the least counts", [0.4, 0.2, 0.3, 0], 0.2, [0.4, 0.2, 0.3]],
])("%s", async (_, shares, counts, told) => {
  const left = [...shares];
  const lines: number[] = [];
  const result = await undisturbed(
    async () => left.shift() ?? Number.NaN,
    (share) => share,
    async (share) => void lines.push(share),
  );
  expect({ result, lines }).toEqual({ result: counts, lines: told });
});
