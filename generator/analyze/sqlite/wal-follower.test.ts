import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./database.ts";

const directory = mkdtempSync(join(tmpdir(), "dbtrfs-wal-"));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
let path = "";
let db: DatabaseSync;

beforeEach(() => {
  path = join(directory, `${files++}.db`);
  db = new DatabaseSync(path);
  db.exec(
    "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (a); PRAGMA user_version = 1",
  );
});

const insert = (count: number) => {
  for (let i = 0; i < count; i++) db.exec("INSERT INTO t VALUES (1)");
};

/** The log is overwritten from its start by the next commit. */
const beginAnew = () => db.exec("PRAGMA wal_checkpoint(RESTART)");

describe("a log that is followed", () => {
  it("counts each commit once, when the next one follows it", () => {
    const database = openDatabase(path);
    insert(5);
    expect(database.look()).toMatchObject({ commits: 5, frames: 5, logBytes: 5 * (24 + 4096), restarts: 0 });
    expect(database.look()).toMatchObject({ commits: 0, frames: 0 });
    insert(2);
    expect(database.look()).toMatchObject({ commits: 2 });
  });

  it("counts no transaction that was rolled back", () => {
    const database = openDatabase(path);
    db.exec("PRAGMA cache_size = 1; BEGIN");
    for (let i = 0; i < 500; i++) db.exec("INSERT INTO t VALUES (zeroblob(2000))");
    db.exec("ROLLBACK");
    insert(3);
    // What was left of it lies behind the last commit, so that none waits for another: the one before it, and three.
    expect(database.look()).toMatchObject({ commits: 4, frames: 4 });
  });

  it("goes over a beginning anew, with the end of the old log that lies behind it", () => {
    const database = openDatabase(path);
    insert(20);
    database.look();
    insert(10);
    beginAnew();
    insert(4);
    const { commits, restarts, hasGap, checkpointedPages } = database.look();
    expect({ commits, restarts, hasGap }).toEqual({ commits: 14, restarts: 1, hasGap: false });
    // The first page, which has the version, and the table's.
    expect(checkpointedPages).toBe(2);
  });

  it("says where the end of the old log was overwritten unseen", () => {
    const database = openDatabase(path);
    insert(5);
    database.look();
    insert(10);
    beginAnew();
    insert(12);
    expect(database.look().hasGap).toBe(true);
  });

  it("says where it began anew twice between two looks", () => {
    const database = openDatabase(path);
    insert(5);
    database.look();
    for (let i = 0; i < 2; i++) {
      beginAnew();
      insert(1);
    }
    expect(database.look()).toMatchObject({ restarts: 2, hasGap: true });
    insert(1);
    expect(database.look()).toMatchObject({ restarts: 0, hasGap: false, commits: 1 });
  });

  it("may be truncated, deleted and made again", () => {
    const database = openDatabase(path);
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    expect(database.look()).toMatchObject({ commits: 0, hasGap: false });
    insert(3);
    expect(database.look()).toMatchObject({ commits: 2, hasGap: false });
    db.close();
    expect(database.look()).toMatchObject({ commits: 0, hasGap: false });
    db = new DatabaseSync(path);
    insert(3);
    expect(database.look()).toMatchObject({ commits: 2, hasGap: false });
  });
});

describe("the database of a log", () => {
  it("has the header of its last commit, wherever that lies", () => {
    const database = openDatabase(path);
    db.exec("PRAGMA application_id = 7; CREATE TABLE more (a)");
    insert(1);
    database.look();
    expect(database.bytes()).toBe(3 * 4096);
    expect(database.header()).toMatchObject({ journalMode: "wal", writtenBy: process.versions.sqlite });
    beginAnew();
    insert(1);
    expect(database.header()?.pages).toBe(3);
  });

  it("does not count SQLite's own bookkeeping of AUTOINCREMENT as rows, however large the schema", () => {
    for (let i = 0; i < 100; i++) db.exec(`CREATE TABLE t${i} (a TEXT DEFAULT '${"x".repeat(200)}')`);
    db.exec("CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO counted VALUES (NULL)");
    insert(1);
    const database = openDatabase(path);
    for (let i = 0; i < 4; i++) db.exec("INSERT INTO counted VALUES (NULL)");
    const { comparedCommits, rows } = database.look();
    expect({ comparedCommits, rows }).toEqual({
      comparedCommits: 4,
      rows: { inserted: 4, updated: 0, deleted: 0 },
    });
  });
});
