import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Storage, StorageComponent } from "../capture/storage.ts";
import { engineReadings, tenSeconds } from "../testing/readings.ts";
import { allReadings } from "./common-readings.ts";
import { numberOf } from "./reading.ts";

const mib = 2 ** 20;

const component = (role: StorageComponent["role"], sampledBytes: number, storedBytes: number) => ({
  role,
  name: null,
  path: "/data",
  realPath: "/data",
  mount: null,
  deviceKind: null,
  attributes: null,
  compressionProperty: null,
  bytes: null,
  largestFiles: [],
  compressibility: { sampledBytes, storedBytes, files: 1 },
  unknown: {},
});

const storage = (...components: StorageComponent[]): Storage => ({ components, filesystems: [] });

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
  const process = { "process.read_bytes": 50 * mib, "process.write_bytes": 20 * mib };
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

  test("is unknown where neither was read, with the reason of the capture", () => {
    const span = { ...tenSeconds(), missing: { "process.write_bytes": "permission denied" } };
    expect(allReadings(own, span, null).deviceWrittenKiBPerTransaction).toEqual({
      unknown: "permission denied",
    });
  });
});

describe("how well the data compresses", () => {
  const compressed = (...components: StorageComponent[]) =>
    allReadings(engineReadings({}), tenSeconds(), storage(...components)).compressedShare;

  test("counts data and tablespaces by what was sampled of each, and no log", () => {
    expect(
      compressed(component("data", 300, 100), component("tablespace", 100, 100), component("log", 1000, 10)),
    ).toEqual({ value: 0.5 });
  });

  test("is never more than the plain size, though blocks are stored whole", () => {
    expect(compressed(component("data", 100, 4096))).toEqual({ value: 1 });
  });

  test("is unknown where no data file was sampled", () => {
    expect(compressed(component("log", 100, 50))).toEqual({ unknown: "no data file was sampled" });
    expect(allReadings(engineReadings({}), tenSeconds(), null).compressedShare).toEqual({
      unknown: "no data file was sampled",
    });
  });
});
