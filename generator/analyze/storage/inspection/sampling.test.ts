import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { holdsNoTables } from "./beside-data.ts";
import { chooseFiles } from "./choose-files.ts";
import {
  chooseUnits,
  compressibilityOf,
  distinctBelow,
  storedBytesOf,
  unitBytes,
} from "./compressibility.ts";
import { sampleFiles } from "./sample-units.ts";
import { walk } from "./walk.ts";

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), "dbtrfs-sample-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

describe("which files are looked at", () => {
  const file = fc.record({
    path: fc.string({ minLength: 1 }),
    bytes: fc.integer({ min: 0, max: 2 ** 40 }),
    changedAt: fc.integer({ min: 0, max: 2 ** 40 }),
  });
  const files = fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 60 });

  test("a few, the largest and the newest among them, each once, none empty", () => {
    fc.assert(
      fc.property(files, (all) => {
        const chosen = chooseFiles(all);
        const worthy = all.filter(({ bytes }) => bytes >= 8192);
        expect(chosen.length).toBeLessThanOrEqual(12);
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.every((each) => all.includes(each) && each.bytes > 0)).toBe(true);
        if (worthy.length === 0) return;
        const most = (by: "bytes" | "changedAt") => Math.max(...worthy.map((each) => each[by]));
        expect(chosen.some(({ bytes }) => bytes === most("bytes"))).toBe(true);
        expect(chosen.some(({ changedAt }) => changedAt === most("changedAt"))).toBe(true);
      }),
    );
  });

  test("the order in which they were found does not matter", () => {
    fc.assert(
      fc.property(files, (all) => {
        expect(chooseFiles([...all].reverse())).toEqual(chooseFiles(all));
      }),
    );
  });

  test.each([
    "/base/16384/16385",
    "/base/16384/16385.1",
    "/shop/orders.ibd",
    "/ibdata1",
    "/var/lib/app/orders.db",
    "/mysql/user.MAD",
  ])("%s holds tables", (name) => expect(holdsNoTables(name)).toBe(false));

  test.each([
    "/postgresql.conf",
    "/log/postgresql-2026-01-01.log",
    "/pg_wal/000000010000000000000001",
    "/base/pgsql_tmp/pgsql_tmp123.0",
    "/#innodb_redo/#ib_redo12",
    "/ib_logfile0",
    "/#ib_16384_0.dblwr",
    "/binlog.000001",
    "/mysql-bin.000123",
    "/server-key.pem",
    "/orders.db-wal",
  ])("%s does not", (name) => expect(holdsNoTables(name)).toBe(true));
});

describe("compressibility", () => {
  test("a unit is stored in whole blocks, and plain where that saves none", () => {
    expect(storedBytesOf(randomBytes(unitBytes))).toBe(unitBytes);
    expect(storedBytesOf(Buffer.alloc(unitBytes, "the same again "))).toBe(4096);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: unitBytes }), (noise) => {
        const unit = Buffer.concat([randomBytes(noise), Buffer.alloc(unitBytes - noise, 1)]);
        const stored = storedBytesOf(unit);
        expect(stored === unitBytes || (stored % 4096 === 0 && stored <= unitBytes - 4096)).toBe(true);
        expect(stored).toBeGreaterThanOrEqual(Math.min(unitBytes, noise));
      }),
      { numRuns: 50 },
    );
  });

  test("zeros are room for data to come and count as none", () => {
    const text = Buffer.alloc(unitBytes, "some text");
    expect(compressibilityOf([[Buffer.alloc(unitBytes), text], [Buffer.alloc(unitBytes)]])).toEqual({
      sampledBytes: unitBytes,
      storedBytes: 4096,
      files: 1,
    });
    expect(compressibilityOf([[Buffer.alloc(unitBytes)]])).toBeNull();
  });

  test("units are different ones, and as many as there are or were asked for", () => {
    const range = fc.record({ total: fc.nat(5000), count: fc.nat(300), seed: fc.nat() });
    fc.assert(
      fc.property(range, ({ total, count, seed }) => {
        const chosen = distinctBelow(total, count, seed);
        expect(chosen).toHaveLength(Math.min(total, count));
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.every((each) => each >= 0 && each < total)).toBe(true);
      }),
    );
  });

  test("each lies within its file, and the same seed takes the same", () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 40 * unitBytes }), { maxLength: 20 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 200 }), fc.nat(), (all, count, seed) => {
        const files = all.map((bytes, index) => ({ path: `${index}`, bytes }));
        const chosen = chooseUnits(files, count, seed);
        for (const { path, units } of chosen)
          for (const unit of units) expect(unit * unitBytes).toBeLessThan(all[Number(path)] ?? 0);
        expect(chooseUnits(files, count, seed)).toEqual(chosen);
        const units = all.reduce(
          (sum, bytes) => sum + (bytes === 0 ? 0 : Math.max(1, Math.floor(bytes / unitBytes))),
          0,
        );
        expect(chosen.flatMap((each) => each.units)).toHaveLength(Math.min(count, units));
      }),
    );
  });

  test("real files: half noise and half text is stored as little more than half", async () => {
    const [noise, text] = ["noise", "text"].map((name) => join(folder(), name)) as [string, string];
    writeFileSync(noise, randomBytes(16 * unitBytes));
    writeFileSync(text, Buffer.alloc(16 * unitBytes, "a row like any other\n"));
    const files = [noise, text].map((path) => ({ path, bytes: 16 * unitBytes }));
    const { compressibility } = await sampleFiles(files, 32);
    expect(compressibility?.sampledBytes).toBe(32 * unitBytes);
    expect((compressibility?.storedBytes ?? 0) / (compressibility?.sampledBytes ?? 1)).toBeCloseTo(0.516, 2);
  });

  test("a small file is one unit, a hole is none, and a file that has gone says so", async () => {
    const [small, hole] = ["small", "hole"].map((name) => join(folder(), name)) as [string, string];
    writeFileSync(small, Buffer.alloc(50_000, "text"));
    writeFileSync(hole, "");
    truncateSync(hole, 4 * unitBytes);
    expect((await sampleFiles([{ path: small, bytes: 50_000 }], 8)).compressibility).toEqual({
      sampledBytes: 50_000,
      storedBytes: 4096,
      files: 1,
    });
    expect(await sampleFiles([{ path: hole, bytes: 4 * unitBytes }], 8)).toEqual({
      compressibility: null,
      failure: "there is no data in its files",
    });
    const gone = await sampleFiles([{ path: `${small}.gone`, bytes: 50_000 }], 8);
    expect(gone).toMatchObject({ compressibility: null, failure: expect.stringContaining("no such file") });
  });
});

describe("the walk", () => {
  const nowhere = { skip: new Set<string>(), mountPoints: new Set<string>(), onBtrfs: false };

  test("finds files below, follows no link, and leaves other components to themselves", () => {
    const root = folder();
    mkdirSync(join(root, "base/1"), { recursive: true });
    mkdirSync(join(root, "pg_wal"));
    for (const name of ["base/1/2", "pg_wal/3", "PG_VERSION"]) writeFileSync(join(root, name), "x");
    const { files, nested, failure } = walk(root, { ...nowhere, skip: new Set([join(root, "pg_wal")]) });
    expect(files.map(({ path }) => path.slice(root.length)).sort()).toEqual(["/PG_VERSION", "/base/1/2"]);
    expect([nested, failure]).toEqual([[], null]);
  });

  test("of a file it finds that file", () => {
    const path = join(folder(), "orders.db");
    writeFileSync(path, "x");
    expect(walk(path, nowhere).files).toMatchObject([{ path, bytes: 1 }]);
  });

  test.skipIf(process.getuid?.() === 0)("what may not be read is named", () => {
    const root = folder();
    mkdirSync(join(root, "closed"));
    chmodSync(join(root, "closed"), 0);
    const { failure } = walk(root, nowhere);
    chmodSync(join(root, "closed"), 0o700);
    expect(failure).toBe(`${join(root, "closed")}: permission denied`);
  });
});
