import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { btrfsDefaults } from "../../layout/layout-choice.ts";
import { preferences } from "../../spec/schema.ts";
import { workloadClasses } from "../../spec/workload.ts";
import type { SettingContext, SettingValue } from "../types.ts";
import { persistentPragmas } from "./index.ts";
import { contextWith, pragmasOf } from "./testing/contexts.ts";

const directory = mkdtempSync(join(tmpdir(), "sqlite-pragmas-"));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
const newFile = () => join(directory, `${files++}.db`);

const ask = (database: DatabaseSync, name: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];

const open = (file: string, pragmas: Readonly<Record<string, SettingValue>> = {}): DatabaseSync => {
  const database = new DatabaseSync(file);
  for (const [name, value] of Object.entries(pragmas)) database.prepare(`PRAGMA ${name} = ${value}`).all();
  return database;
};

/** Words as the engine reports them. */
const asReported: Readonly<Record<string, unknown>> = { WAL: "wal", FULL: 2, ON: 1 };

const contexts: readonly SettingContext[] = workloadClasses.flatMap((workload) =>
  preferences.flatMap((prefer) => [
    contextWith({ workload, prefer, layout: { ...btrfsDefaults, compression: "zstd" } }),
    contextWith({
      workload,
      prefer,
      layout: { ...btrfsDefaults, data: "nocow" },
      memoryGiB: 0.2,
      disk: "hdd",
    }),
  ]),
);

describe("SQLite itself", () => {
  it("takes every pragma of every situation", () => {
    for (const context of contexts) {
      const planned = pragmasOf(context);
      const database = open(newFile(), planned);
      database.exec("CREATE TABLE t (a)");
      for (const [name, value] of Object.entries(planned)) {
        expect(ask(database, name), name).toBe(asReported[String(value)] ?? value);
      }
      database.close();
    }
  });

  it("keeps the persistent pragmas in the file, and no other", () => {
    const others = pragmasOf(contextWith({ prefer: "integrity" }));
    const values = {
      ...others,
      page_size: 8192,
      encoding: "'UTF-16le'",
      auto_vacuum: 1,
      synchronous: "EXTRA",
    };
    const inOrder = Object.fromEntries(
      persistentPragmas.map((name) => [name, values[name as keyof typeof values]]),
    );
    const file = newFile();
    const writer = open(file, { ...inOrder, ...values });
    writer.exec("CREATE TABLE t (a)");
    const [reader, fresh] = [open(file), open(newFile())];
    const isSet = (name: string) => ask(writer, name) !== ask(fresh, name);
    const isKept = (name: string) => isSet(name) && ask(reader, name) === ask(writer, name);
    expect(Object.keys(values).filter(isSet)).toEqual(
      expect.arrayContaining(["synchronous", "busy_timeout"]),
    );
    expect(Object.keys(values).filter(isKept).sort()).toEqual([...persistentPragmas].sort());
    for (const database of [writer, reader, fresh]) database.close();
  });

  it("ignores a page size that comes after WAL: the order matters", () => {
    const database = open(newFile(), { journal_mode: "WAL", page_size: 16384 });
    database.exec("CREATE TABLE t (a)");
    expect(ask(database, "page_size")).toBe(4096);
    database.close();
  });
});
