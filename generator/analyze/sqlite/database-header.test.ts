import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, it } from "vitest";
import { parseHeader } from "./database-header.ts";

const directory = mkdtempSync(join(tmpdir(), "dbtrfs-header-"));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;

const headerAfter = (...statements: string[]) => {
  const path = join(directory, `${files++}.db`);
  const db = new DatabaseSync(path);
  for (const statement of [...statements, "CREATE TABLE t (a)"]) db.exec(statement);
  db.close();
  return parseHeader(readFileSync(path));
};

it.each([512, 1024, 4096, 65_536])("pages of %i bytes are read from the header", (pageBytes) =>
  expect(headerAfter(`PRAGMA page_size = ${pageBytes}`)?.pageBytes).toBe(pageBytes),
);

it("the header says how the file is written, and by what", () => {
  expect(headerAfter()).toEqual({
    pageBytes: 4096,
    journalMode: "rollback",
    reservedBytes: 0,
    changeCounter: 1,
    pages: 2,
    freePages: 0,
    autoVacuum: "none",
    writtenBy: process.versions.sqlite,
  });
  expect(headerAfter("PRAGMA journal_mode = WAL")?.journalMode).toBe("wal");
  expect(headerAfter("PRAGMA auto_vacuum = FULL")?.autoVacuum).toBe("full");
  expect(headerAfter("PRAGMA auto_vacuum = INCREMENTAL")?.autoVacuum).toBe("incremental");
  expect(headerAfter("CREATE TABLE gone (a)", "DROP TABLE gone", "CREATE TABLE u (a)")?.changeCounter).toBe(
    4,
  );
  expect(
    headerAfter("CREATE TABLE a (b)", "CREATE TABLE c (d)", "DROP TABLE a", "DROP TABLE c")?.freePages,
  ).toBe(1);
});

it("other bytes are no database", () => {
  expect(parseHeader(Buffer.alloc(100))).toBeNull();
  expect(parseHeader(Buffer.from("SQLite format 3\0"))).toBeNull();
});
