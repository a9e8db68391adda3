import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { workloadClasses } from "../../spec/workload.ts";
import { classProfiles } from "../../spec/workload-profile.ts";
import { allReadings } from "../measure/common-readings.ts";
import { type Measured, measuredOf } from "../measure/measured.ts";
import { type EngineMeasurement, type Measurement, measurementNames } from "../measure/measurements.ts";
import { engineReadings, tenSeconds } from "../testing/readings.ts";
import { type ClassStanding, classify } from "./classify.ts";

/** Measurements as an engine's readings give them. */
const measured = (own: Partial<Record<EngineMeasurement, number>>): Measured =>
  measuredOf(allReadings(engineReadings(own), tenSeconds(), null));

/** Rows a second of a load that runs a hundred of its transactions a second. */
const rows = (inserted: number, updated: number, deleted: number, read: number) => ({
  transactionsPerSecond: 100,
  rowsInsertedPerSecond: inserted,
  rowsUpdatedPerSecond: updated,
  rowsDeletedPerSecond: deleted,
  rowsReadPerSecond: read,
});

describe("loads that everybody knows", () => {
  test.each([
    ["oltp", "pgbench, TPC-B (sort of)", { ...rows(100, 300, 0, 400), writeShare: 4 / 5, scanShare: 0.02 }],
    ["oltp", "pgbench, simple update", { ...rows(100, 100, 0, 200), writeShare: 2 / 3, scanShare: 0 }],
    [
      "oltp",
      "sysbench oltp_read_write",
      { ...rows(100, 200, 100, 41_000), writeShare: 4 / 18, scanShare: 0 },
    ],
    ["oltp", "sysbench oltp_write_only", { ...rows(100, 200, 100, 300), writeShare: 1, scanShare: 0 }],
    ["oltp", "YCSB A", { ...rows(0, 50, 0, 100), writeShare: 0.5, scanShare: 0 }],
    ["read-mostly", "pgbench -S", { ...rows(0, 0, 0, 100), writeShare: 0, scanShare: 0 }],
    ["read-mostly", "sysbench oltp_read_only", { ...rows(0, 0, 0, 41_000), writeShare: 0, scanShare: 0 }],
    ["read-mostly", "YCSB B", { ...rows(0, 5, 0, 100), writeShare: 0.05, scanShare: 0 }],
    ["read-mostly", "YCSB D", { ...rows(5, 0, 0, 100), writeShare: 0.05, scanShare: 0 }],
    ["append", "sysbench oltp_insert", { ...rows(100, 0, 0, 0), writeShare: 1 }],
    [
      "append",
      "rows in time order, some read",
      { ...rows(900, 20, 0, 500), writeShare: 0.9, scanShare: 0.5 },
    ],
    ["analytics", "sums of whole tables", { ...rows(0, 0, 0, 9e7), writeShare: 0, scanShare: 1 }],
    ["queue", "insert, claim, delete", { ...rows(100, 100, 100, 300), writeShare: 0.75, scanShare: 0.9 }],
    ["mixed", "orders and reports", { ...rows(100, 300, 0, 9e6), writeShare: 0.5, scanShare: 0.9 }],
    ["mixed", "a purge", { ...rows(0, 0, 500, 500), writeShare: 1, scanShare: 1 }],
    ["mixed", "a small table scanned each time", { ...rows(0, 0, 0, 5000), writeShare: 0, scanShare: 0.9 }],
  ] as const)("%s: %s", (name, _load, own) => {
    expect(classify(measured(own)).class).toBe(name);
  });

  test.each(workloadClasses)("the typical profile of %s, by which the planner takes that name", (name) => {
    const { writeShare, updateShare, scanShare } = classProfiles[name];
    const deleted = name === "queue" ? 400 : 100 * updateShare;
    const updated = name === "queue" ? 200 : 900 * updateShare;
    const inserted = name === "queue" ? 400 : 1000 * (1 - updateShare);
    const read = name === "analytics" ? 1e7 : 1000;
    const own = { ...rows(inserted, updated, deleted, read), writeShare, scanShare };
    expect(classify(measured(own)).class).toBe(name);
  });
});

test("the standings say what led there and how far the next class was", () => {
  const own = { ...rows(90, 10, 0, 1e6), writeShare: 0.12, scanShare: 0.7 };
  const { standings } = classify(measured(own));
  expect(standings[0]).toMatchObject({
    class: "analytics",
    verdict: "met",
    missedBy: 0,
    conditions: [
      { measurement: "writeShare", at: "below", threshold: 0.2, value: 0.12, verdict: "met" },
      { measurement: "scanShare", at: "least", threshold: 0.6, value: 0.7, verdict: "met" },
      { measurement: "rowsReadPerTransaction", value: 1e4, verdict: "met" },
    ],
  });
  expect(standings[1]).toMatchObject({ class: "read-mostly", verdict: "missed" });
  expect(standings[1]?.missedBy).toBeCloseTo(0.3);
});

describe("what is unknown", () => {
  test("leaves the class unknown where it decides, and is named", () => {
    expect(classify(measured({ writeShare: 0.9 }))).toMatchObject({
      class: null,
      remark: "unknown: updateShare, deleteShare, scanShare, insertShare",
    });
  });

  test("does no harm where the class cannot be another one whatever it is", () => {
    const { rowsReadPerSecond: _, ...counted } = rows(100, 0, 0, 0);
    expect(classify(measured({ ...counted, writeShare: 0.9 })).class).toBe("append");
  });

  test("is not taken for none: rows that were read may have been scanned", () => {
    expect(classify(measured({ ...rows(100, 300, 0, 400), writeShare: 0.5 })).class).toBeNull();
  });
});

/** Readings that fit each other: a database that writes no rows has no statements that do. */
const consistent = fc
  .record({
    rows: fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1_000_000)),
    writeShare: fc.double({ min: 0.001, max: 1, noNaN: true }),
    scanShare: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ rows: [inserted, updated, deleted, read], writeShare, scanShare }) => ({
    ...rows(inserted, updated, deleted, read),
    writeShare: inserted + updated + deleted === 0 ? 0 : writeShare,
    ...(read === 0 ? {} : { scanShare }),
  }));

const anything = fc.record(
  Object.fromEntries(
    measurementNames.map((name) => [name, fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }))]),
  ) as Record<Measurement, fc.Arbitrary<number | null>>,
);

const standingOf = (name: ClassStanding["class"], all: Measured): ClassStanding | undefined =>
  classify(all).standings.find((standing) => standing.class === name);

describe("whatever was measured", () => {
  test("every class has its place, and nothing but the measurements decides", () => {
    fc.assert(
      fc.property(anything, (values) => {
        const found = classify({ measured: values, unknown: {} });
        expect(found.standings.map((standing) => standing.class).sort()).toEqual(
          workloadClasses.filter((name) => name !== "mixed").sort(),
        );
        const reversed = Object.fromEntries(Object.entries(values).reverse()) as Measured["measured"];
        expect(classify({ measured: reversed, unknown: { writeShare: "some reason" } })).toEqual(found);
        for (const { verdict, missedBy } of found.standings) {
          if (verdict === "unknown") expect(missedBy).toBeNull();
          else expect(missedBy === 0).toBe(verdict === "met");
        }
      }),
    );
  });

  test("no workload is of two classes, and what is counted in full is of one or mixed", () => {
    fc.assert(
      fc.property(consistent, (own) => {
        const { class: name, standings } = classify(measured(own));
        const met = standings.filter(({ verdict }) => verdict === "met");
        expect(met.length).toBeLessThanOrEqual(1);
        expect(name).toBe(met[0]?.class ?? "mixed");
      }),
    );
  });

  test("to know less never gives another class, only none", () => {
    const names = fc.subarray(measurementNames);
    fc.assert(
      fc.property(consistent, names, (own, forgotten) => {
        const all = measured(own);
        const less = Object.fromEntries(forgotten.map((name) => [name, null]));
        const found = classify({ ...all, measured: { ...all.measured, ...less } }).class;
        expect([null, classify(all).class]).toContain(found);
      }),
    );
  });

  test("more of what a class asks for never takes it further away", () => {
    const step = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(consistent, step, fc.nat(), (own, size, which) => {
        const all = measured(own);
        for (const before of classify(all).standings) {
          const { measurement, at, value } = before.conditions[which % before.conditions.length] ?? {};
          if (measurement === undefined || value === null || value === undefined) continue;
          const moved = at === "least" ? value + size : value - size;
          const after = standingOf(before.class, {
            ...all,
            measured: { ...all.measured, [measurement]: moved },
          });
          expect(after?.missedBy ?? 1).toBeLessThanOrEqual(before.missedBy ?? 1);
        }
      }),
    );
  });
});
