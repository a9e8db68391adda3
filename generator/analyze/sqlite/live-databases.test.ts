import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { Refusal } from "../../refusal.ts";
import { analyse } from "../analyse.ts";
import type { Analysis } from "../analysis.ts";
import { captureLive } from "../live/capture.ts";
import { spanOf } from "../measure/span.ts";
import { sqliteAnalyzer } from "./index.ts";
import { readingsOf } from "./readings.ts";
import { type Done, type Kind, startApplication } from "./testing/application.ts";

const directory = mkdtempSync(join(tmpdir(), "dbtrfs-sqlite-"));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
const newFile = () => join(directory, `${files++}.db`);

const plus = (a: Done, b: Done): Done => ({
  commits: a.commits + b.commits,
  inserted: a.inserted + b.inserted,
  updated: a.updated + b.updated,
  deleted: a.deleted + b.deleted,
});

/**
 * What an application did, and what was measured of it. A log begins anew after about 1000 frames; with a sample more
 * often than that nothing goes unseen, however slow the machine is.
 */
const measuredOf = async (kind: Kind, count: number, pragmas?: string[]) => {
  const path = newFile();
  const application = await startApplication(kind, path, count, pragmas);
  const session = await sqliteAnalyzer.connect(path);
  const samples = [await session.sample()];
  let done: Done = { commits: 0, inserted: 0, updated: 0, deleted: 0 };
  for (let i = 0; i < 40; i++) {
    done = plus(done, await application.work());
    samples.push(await session.sample());
  }
  await session.close();
  await application.close();
  const span = spanOf({ samples, missing: {} });
  if (span === null) throw new Error("no span");
  const readings = readingsOf(span);
  const total = (name: keyof typeof readings): number => {
    const reading = readings[name];
    return reading !== undefined && "value" in reading ? reading.value * span.seconds : Number.NaN;
  };
  return { done, total, readings };
};

/** A commit counts when another follows it, and the clock of the samples has milliseconds. */
const about = (expected: number, share: number) => ({
  asymmetricMatch: (value: number) => Math.abs(value - expected) <= share * expected,
  toString: () => `about ${expected}`,
});

describe("an application's work in WAL mode", () => {
  it("is counted in commits, frames and rows while its log begins anew many times", async () => {
    const { done, total, readings } = await measuredOf("queue", 100);
    expect(done).toEqual({ commits: 8000, inserted: 4000, updated: 0, deleted: 4000 });
    expect(total("commitsPerSecond")).toEqual(about(8000, 0.02));
    // Of at least 200 commits by chance: four standard errors.
    expect(total("rowsInsertedPerSecond")).toEqual(about(4000, 0.28));
    expect(total("rowsDeletedPerSecond")).toEqual(about(4000, 0.28));
    expect(total("checkpointsPerHour") / 3600).toBeGreaterThan(2);
    expect(total("logMiBPerSecond")).toBeGreaterThan(30);
    expect(readings.fullPageImageShare).toEqual({ value: 1 });
  });

  it("that only updates is seen as nothing else", async () => {
    const { done, total } = await measuredOf("oltp", 25);
    expect(total("commitsPerSecond")).toEqual(about(done.commits, 0.02));
    expect(total("rowsUpdatedPerSecond")).toEqual(about(done.updated, 0.02));
    expect(total("rowsInsertedPerSecond") + total("rowsDeletedPerSecond")).toBeLessThan(0.02 * done.updated);
  });
});

it("with a rollback journal its commits are counted, and the rest is unknown with the reason", async () => {
  const { done, total, readings } = await measuredOf("oltp", 3, ["synchronous=OFF"]);
  expect(total("commitsPerSecond")).toEqual(about(done.commits, 0.02));
  expect(readings.rowsUpdatedPerSecond).toEqual({
    unknown: "what a transaction did to rows is seen in a write-ahead log alone",
  });
  expect(readings.logMiBPerSecond).toEqual({
    unknown: "a rollback journal goes with its transaction, and its bytes are not seen",
  });
});

describe("a capture of a running application", () => {
  const analysisOf = async (
    kind: Parameters<typeof startApplication>[0],
    count: number,
  ): Promise<Analysis> => {
    const path = newFile();
    const application = await startApplication(kind, path, count);
    const stop = application.keepWorking();
    const window = { seconds: 1.5, intervalSeconds: 0.5 };
    const capture = await captureLive(sqliteAnalyzer, path, window, new AbortController().signal);
    await stop();
    await application.close();
    return analyse(capture, sqliteAnalyzer, path);
  };

  it.each([
    ["append", 200],
    ["queue", 100],
  ] as const)("knows an application that does nothing but %s", async (kind, count) => {
    const { class: name, measured, relations, window } = await analysisOf(kind, count);
    expect([name, window.breaks]).toEqual([kind, []]);
    expect(measured.deviceWrittenMiBPerSecond).not.toBeNull();
    expect(relations.hottest).toHaveLength(1);
  });

  it("of one that reads says that nothing was written, and does not guess in which order it reads", async () => {
    const { class: name, measured, unknown, window } = await analysisOf("read", 1000);
    expect([name, window.idle, measured.writeShare, measured.commitsPerSecond]).toEqual([null, false, 0, 0]);
    expect(unknown.scanShare).toBe("in which order a process reads pages does not show");
  });
});

describe("looking at a database", () => {
  it("finds the process that has it open, and its files", async () => {
    const path = newFile();
    const application = await startApplication("append", path, 1);
    const session = await sqliteAnalyzer.connect(path);
    const { pid, places, server, settings } = await session.describe();
    expect(pid).toBe(application.pid);
    expect(places).toEqual([
      { role: "data", name: null, path },
      { role: "log", name: null, path: `${path}-wal` },
      { role: "shared-memory", name: null, path: `${path}-shm` },
    ]);
    expect(server.version).toBe(process.versions.sqlite);
    expect(settings).toMatchObject({ page_size: "4096", journal_mode: "wal", auto_vacuum: "none" });
    await session.close();
    await application.close();
    expect((await (await sqliteAnalyzer.connect(path)).describe()).missing["process.read_bytes"]).toBe(
      "no process that may be seen has a file of it open",
    );
  });

  it("makes no file and changes none", async () => {
    const folder = mkdtempSync(join(directory, "untouched-"));
    const path = join(folder, "app.db");
    const application = await startApplication("append", path, 10);
    await application.work();
    process.kill(application.pid, "SIGKILL");
    await application.close().catch(() => undefined);
    // As a crash leaves it, but for the index, which an opening SQLite would make anew.
    rmSync(`${path}-shm`);
    const state = () => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]);
    const before = state();
    const session = await sqliteAnalyzer.connect(path);
    await session.describe();
    await session.sample();
    await session.close();
    expect(state()).toEqual(before);
    expect(before.map(([name]) => name)).toEqual(["app.db", "app.db-wal"]);
  });

  it("sees what the log holds and the file does not", async () => {
    const path = newFile();
    const db = new DatabaseSync(path);
    db.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (a); PRAGMA user_version = 1");
    expect(statSync(path).size).toBe(4096);
    const session = await sqliteAnalyzer.connect(path);
    expect((await session.sample()).gauges["database.bytes"]).toBe(8192);
    await session.close();
    db.close();
  });

  it("takes a directory's databases as one, and names each", async () => {
    const folder = mkdtempSync(join(directory, "many-"));
    mkdirSync(join(folder, "tenants"));
    for (const name of ["a.db", "tenants/b.sqlite", "tenants/c"]) {
      const db = new DatabaseSync(join(folder, name));
      db.exec(
        `PRAGMA page_size = 8192; ${name === "a.db" ? "PRAGMA journal_mode = WAL;" : ""} CREATE TABLE t (a)`,
      );
      db.close();
    }
    writeFileSync(join(folder, "notes.txt"), "no database");
    const session = await sqliteAnalyzer.connect(folder);
    const [{ settings, places }, sample] = [await session.describe(), await session.sample()];
    await session.close();
    expect(settings).toMatchObject({
      databases: "3",
      page_size: "8192",
      journal_mode: "wal (1), rollback (2)",
    });
    expect(places).toEqual([{ role: "data", name: null, path: folder }]);
    expect(sample.relations.map(({ name }) => name).sort()).toEqual([
      "a.db",
      "tenants/b.sqlite",
      "tenants/c",
    ]);
    expect(sample.gauges).toMatchObject({ databases: 3, "database.bytes": 3 * 2 * 8192 });
  });

  it("refuses what is no database", async () => {
    const problemOf = async (target: string) => {
      const error = await sqliteAnalyzer.connect(target).catch((reason: unknown) => reason);
      if (!(error instanceof Refusal)) throw error;
      return error.problems[0]?.found;
    };
    const text = join(directory, "text");
    writeFileSync(text, "SQLite format 4");
    expect(await problemOf(text)).toBe("no SQLite database");
    expect(await problemOf(join(directory, "missing.db"))).toBe("no such file");
    expect(await problemOf(mkdtempSync(join(directory, "empty-")))).toBe("no SQLite database below it");
  });

  it("tells of another file in its place", async () => {
    const path = newFile();
    const make = (file: string) => {
      const db = new DatabaseSync(file);
      db.exec("CREATE TABLE t (a)");
      db.close();
    };
    make(path);
    const session = await sqliteAnalyzer.connect(path);
    const before = await session.sample();
    make(`${path}.restored`);
    execFileSync("mv", [`${path}.restored`, path]);
    const samples = [before, await session.sample()];
    await session.close();
    expect(spanOf({ samples, missing: {} })).toBeNull();
    expect(samples.map(({ identity }) => identity.file).every((file) => file?.startsWith("inode "))).toBe(
      true,
    );
  });
});
