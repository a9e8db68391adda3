import { expect, test } from "vitest";
import { median } from "./averages.ts";
import type { Kept } from "./kept.ts";
import { histogramPercentiles } from "./loads/sysbench-histogram.ts";
import { batches } from "./matrix.ts";
import { observed } from "./server.ts";
import { circumstancesOf, isDone, stepsOf, timingOf } from "./session.ts";
import { ratesOf, rowsOf } from "./summarise.ts";
import type { Trial } from "./trial.ts";

const trial = (candidate: string, round: number, transactions: number): Trial => ({
  candidate,
  round,
  observed: { transactions, seconds: 10, latency: { p50: 1, p95: 2, p99: 3, max: 4 } },
  bytesWritten: transactions * 1000,
  flushes: transactions / 2,
  cpuMilliseconds: transactions,
  extents: 5,
  scanMiBPerSecond: 100,
  usedBytes: 2 ** 30,
  dataBytes: 2 ** 29,
  dataFilesBytes: 2 ** 30,
  logicalBytes: 2 ** 31,
  snapshotMilliseconds: [],
  recoverySeconds: 0.5,
  othersShare: 0,
});

test("space is told for each byte of the data's files: a faster layout has more of them", () => {
  const [slow, fast] = [
    { ...trial("zstd-4k", 1, 1000), dataBytes: 2 ** 28, dataFilesBytes: 2 ** 30 },
    { ...trial("xfs", 1, 2000), dataBytes: 2 ** 31, dataFilesBytes: 2 ** 31 },
  ];
  expect(rowsOf({ id: "postgresql-append" }, [slow, fast]).map(({ metrics }) => metrics.spaceShare)).toEqual([
    1, 0.25,
  ]);
  const logAlone = { ...trial("xfs", 1, 1), dataFilesBytes: 0 };
  expect(rowsOf({ id: "postgresql-fio-log" }, [logAlone])[0]?.metrics).not.toHaveProperty("spaceShare");
});

test("the median is the middle value, or the geometric mean of the two in the middle", () => {
  expect(median([30, 10, 20])).toBe(20);
  expect(median([80, 10, 20, 45])).toBe(30);
});

test("two rounds have the same say in a ratio, though a machine was twice as fast in one", () => {
  const trials = [
    trial("btrfs-defaults", 1, 1000),
    trial("xfs", 1, 1000),
    trial("btrfs-defaults", 2, 2000),
    trial("xfs", 2, 8000),
  ];
  const [plain, xfs] = ["btrfs-defaults", "xfs"].map((id) =>
    rowsOf({ id: "postgresql-oltp" }, trials).find((row) => row.id.endsWith(id)),
  );
  const rate = (row: typeof plain) => row?.metrics.transactionsPerSecond as number;
  expect(rate(xfs) / rate(plain)).toBeCloseTo(2, 3);
});

test("of three rounds the middle is that of layouts, not of hours: each is compared within its round", () => {
  // Rounds at three speeds, of which the last became faster before xfs ran; xfs is 1.1 times as fast in the other two.
  const hours = [
    ["btrfs-defaults", 1000, 600, 800],
    ["ext4", 1010, 600, 810],
    ["nocow", 500, 310, 400],
    ["xfs", 1100, 660, 1400],
  ] as const;
  const trials = hours.flatMap(([id, ...rates]) => rates.map((rate, at) => trial(id, at + 1, rate)));
  const rows = rowsOf({ id: "postgresql-oltp" }, trials);
  const rate = (name: string) =>
    rows.find(({ id }) => id.endsWith(name))?.metrics.transactionsPerSecond as number;
  expect(rate("xfs") / rate("btrfs-defaults")).toBeCloseTo(1.1, 1);
});

test("a row is the median of its candidate's rounds, and what was not measured is left out", () => {
  const trials = [
    trial("xfs", 1, 1000),
    trial("xfs", 2, 3000),
    trial("xfs", 3, 2000),
    trial("nocow", 1, 500),
  ];
  const rows = rowsOf({ id: "postgresql-oltp" }, trials);
  expect(rows.map(({ id }) => id)).toEqual(["postgresql-oltp-xfs", "postgresql-oltp-nocow"]);
  expect(rows[0]?.metrics).toMatchObject({
    transactionsPerSecond: 200,
    bytesPerTransaction: 1000,
    flushesPerTransaction: 0.5,
    spaceGiB: 1,
  });
  expect(rows[0]?.metrics).not.toHaveProperty("snapshotMilliseconds");
});

test("a candidate that missed a round, where a run was stopped, says nothing of the noise", () => {
  const whole = [trial("xfs", 2, 20), trial("xfs", 1, 10), trial("ext4", 1, 30), trial("ext4", 2, 40)];
  expect(ratesOf([...whole, trial("nocow", 1, 5)])).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("percentiles of what each client saw, and of sysbench's histogram", () => {
  const latencies = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect(observed(latencies, 1).latency).toEqual({ p50: 51, p95: 96, p99: 100, max: 100 });
  const histogram = [
    "       1.000 |******  90",
    "       2.500 |*  8",
    "      40.000 |  2",
    "transactions: 100",
    "         max:                                   41.85",
  ].join("\n");
  expect(histogramPercentiles(histogram)).toEqual({ p50: 1, p95: 2.5, p99: 40, max: 41.85 });
});

const timing = { warmUpSeconds: 1, windowSeconds: 10, snapshotSeconds: null };

test("candidates take turns within a round, and a run that goes on leaves out what it has", () => {
  const [first] = batches;
  if (first === undefined) throw new Error("no batches");
  const steps = stepsOf([{ ...first, candidates: ["xfs", "nocow"] }], 2);
  expect(steps.map(({ candidate, round }) => `${candidate.id} ${round}`)).toEqual([
    "xfs 1",
    "nocow 1",
    "nocow 2",
    "xfs 2",
  ]);
  const kept = [
    { batch: first.id, circumstances: circumstancesOf(first, timing), trial: trial("xfs", 1, 1) } as Kept,
  ];
  expect(steps.map((step) => isDone(step, kept, timing))).toEqual([true, false, false, false]);
  expect(steps.map((step) => isDone(step, kept, { ...timing, windowSeconds: 60 }))).not.toContain(true);
});

test("a window is as long as the time between two snapshots at least, and what was measured in a shorter one does not count", () => {
  const rare = batches.find(({ id }) => id === "mysql-oltp-snapshots");
  if (rare?.snapshotSeconds == null) throw new Error("no such batch");
  expect(timingOf(rare, timing)).toEqual({
    ...timing,
    windowSeconds: rare.snapshotSeconds,
    snapshotSeconds: rare.snapshotSeconds,
  });
  expect(circumstancesOf(rare, timing)).toBe(
    circumstancesOf(rare, { ...timing, windowSeconds: rare.snapshotSeconds }),
  );
  const often = { ...rare, snapshotSeconds: 2 };
  expect(timingOf(often, timing).windowSeconds).toBe(timing.windowSeconds);
});
