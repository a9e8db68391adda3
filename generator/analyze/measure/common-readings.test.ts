import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StorageComponent } from "../capture/storage.ts";
import { component, storage } from "../testing/captures.ts";
import { engineReadings, tenSeconds } from "../testing/readings.ts";
import { allReadings } from "./common-readings.ts";
import { numberOf } from "./reading.ts";

const mib = 2 ** 20;

/** Of this many MiB of a component, sampled whole. */
const sampled = (role: StorageComponent["role"], plain: number, stored: number): StorageComponent =>
  component({
    role,
    bytes: plain * mib,
    compressibility: { sampledBytes: plain * mib, storedBytes: stored * mib, files: 1 },
  });

describe("shares of the rows that were written", () => {
  test("come from what was inserted, updated and deleted", () => {
    const own = engineReadings({
      rowsInsertedPerSecond: 5,
      rowsUpdatedPerSecond: 3,
      rowsDeletedPerSecond: 2,
    });
    expect(allReadings(own, tenSeconds(), null)).toMatchObject({
      insertShare: { value: 0.5 },
      updateShare: { value: 0.5 },
      deleteShare: { value: 0.2 },
    });
  });

  test("add up, and a delete is a row that existed before", () => {
    const rate = fc.nat(1_000_000);
    fc.assert(
      fc.property(rate, rate, rate, (inserted, updated, deleted) => {
        fc.pre(inserted + updated + deleted > 0);
        const own = engineReadings({
          rowsInsertedPerSecond: inserted,
          rowsUpdatedPerSecond: updated,
          rowsDeletedPerSecond: deleted,
        });
        const { insertShare, updateShare, deleteShare } = allReadings(own, tenSeconds(), null);
        expect((numberOf(insertShare) ?? 0) + (numberOf(updateShare) ?? 0)).toBeCloseTo(1);
        expect(numberOf(deleteShare)).toBeLessThanOrEqual(numberOf(updateShare) ?? 0);
      }),
    );
  });

  test("are of nothing where no row was written, and unknown where one kind is not counted", () => {
    const none = engineReadings({
      rowsInsertedPerSecond: 0,
      rowsUpdatedPerSecond: 0,
      rowsDeletedPerSecond: 0,
    });
    expect(allReadings(none, tenSeconds(), null).insertShare).toEqual({
      unknown: "no row was written in the window",
    });
    const two = engineReadings({ rowsInsertedPerSecond: 1, rowsUpdatedPerSecond: 1 }, "no such counter");
    expect(allReadings(two, tenSeconds(), null).insertShare).toEqual({ unknown: "no such counter" });
  });
});

test("log and rows are told for each transaction", () => {
  const own = engineReadings({
    transactionsPerSecond: 100,
    commitsPerSecond: 50,
    rowsReadPerSecond: 1000,
    logMiBPerSecond: 2,
  });
  expect(allReadings(own, tenSeconds(), null)).toMatchObject({
    rowsReadPerTransaction: { value: 10 },
    logKiBPerCommit: { value: 2048 / 50 },
  });
  const idle = engineReadings({ transactionsPerSecond: 0, commitsPerSecond: 0, logMiBPerSecond: 0 });
  expect(allReadings(idle, tenSeconds(), null).logKiBPerCommit).toEqual({
    unknown: "no transaction that wrote was committed in the window",
  });
});

describe("what reached the devices", () => {
  const process = {
    "process.read_bytes": 50 * mib,
    "process.write_bytes": 20 * mib,
    "process.wchar": 19 * mib,
    "process.syscw": 1000,
  };
  const own = engineReadings({ transactionsPerSecond: 64 });

  test("is what the control group counted, where the server has one of its own", () => {
    const counters = { ...process, "cgroup.wbytes": 40 * mib, "cgroup.rbytes": 60 * mib };
    expect(allReadings(own, tenSeconds(counters), null)).toMatchObject({
      deviceReadMiBPerSecond: { value: 6 },
      deviceWrittenMiBPerSecond: { value: 4 },
      deviceWrittenKiBPerTransaction: { value: 64 },
    });
  });

  test("is what the process caused, where it has none", () => {
    expect(allReadings(own, tenSeconds(process), null)).toMatchObject({
      deviceReadMiBPerSecond: { value: 5 },
      deviceWrittenMiBPerSecond: { value: 2 },
    });
  });

  test("is unknown where the kernel counted more than the process can have written", () => {
    const counters = { ...process, "process.write_bytes": 900 * mib };
    expect(allReadings(own, tenSeconds(counters), null)).toMatchObject({
      deviceReadMiBPerSecond: { value: 5 },
      deviceWrittenMiBPerSecond: { unknown: expect.stringContaining("large folios") },
    });
  });

  test("is unknown where neither was read, with the reason of the capture", () => {
    const span = { ...tenSeconds(), missing: { "process.write_bytes": "permission denied" } };
    expect(allReadings(own, span, null).deviceWrittenKiBPerTransaction).toEqual({
      unknown: "permission denied",
    });
  });
});

describe("how well the data compresses", () => {
  const compressed = (...components: StorageComponent[]) =>
    allReadings(engineReadings({}), tenSeconds(), storage(components)).compressedShare;

  test("counts data and tablespaces by their size, and no log", () => {
    const large = { ...sampled("tablespace", 1, 1), bytes: 300 * mib };
    expect(compressed(sampled("data", 300, 0), large, sampled("log", 1000, 10))).toEqual({ value: 0.5 });
  });

  test("is never more than the plain size, though blocks are stored whole", () => {
    expect(compressed(sampled("data", 1, 1.1))).toEqual({ value: 1 });
  });

  test("is unknown where too little was sampled, or nothing; with the reason that the storage gives", () => {
    expect(compressed(sampled("data", 0.5, 0.1))).toEqual({
      unknown: "only 512 KiB of data could be sampled, which says little",
    });
    expect(compressed(component({ unknown: { compressibility: "permission denied" } }))).toEqual({
      unknown: "permission denied",
    });
    expect(allReadings(engineReadings({}), tenSeconds(), null).compressedShare).toEqual({
      unknown: "no data file was sampled",
    });
  });
});
