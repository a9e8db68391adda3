/**
 * Usage: load.ts KIND DB COUNT PRAGMAS… An application with one database, in a process of its own: makes it where there
 * is none and prints "ready". Then, for each line of its input, it works COUNT times and prints what it did as a line of
 * JSON; at the end of the input it closes the database.
 */

import { existsSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";

const [kind = "", path = "", count = "1", ...pragmas] = process.argv.slice(2);
const rows = 20_000;

const isNew = !existsSync(path);
const db = new DatabaseSync(path);
for (const pragma of pragmas) db.exec(`PRAGMA ${pragma}`);

if (isNew) {
  db.exec("CREATE TABLE item (id INTEGER PRIMARY KEY, code INTEGER, note TEXT)");
  db.exec("CREATE TABLE event (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, note TEXT)");
  db.exec("BEGIN");
  const insert = db.prepare("INSERT INTO item VALUES (?, ?, ?)");
  for (let id = 1; id <= rows; id++)
    insert.run(id, (id * 7919) % rows, `item ${id} of the warehouse`.padEnd(120));
  const wait = db.prepare("INSERT INTO event (at, note) VALUES (0, ?)");
  for (let i = 0; i < 500; i++) wait.run("waiting".padEnd(100));
  db.exec("COMMIT");
  db.exec("CREATE INDEX item_code ON item (code)");
}

const append = db.prepare("INSERT INTO event (at, note) VALUES (?, ?)");
const update = db.prepare("UPDATE item SET code = code + 1 WHERE id = ?");
const take = db.prepare("DELETE FROM event WHERE id = (SELECT min(id) FROM event)");
const one = db.prepare("SELECT note FROM item WHERE id = ?");
const scan = db.prepare("SELECT sum(length(note)) FROM item");
const any = () => 1 + Math.floor(Math.random() * rows);

interface Done {
  readonly commits: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

const none: Done = { commits: 0, inserted: 0, updated: 0, deleted: 0 };
const insertEvent = () => append.run(Date.now(), "something happened in the warehouse".padEnd(100));

const kinds: Readonly<Record<string, () => Done>> = {
  append: () => {
    insertEvent();
    return { ...none, commits: 1, inserted: 1 };
  },
  oltp: () => {
    db.exec("BEGIN IMMEDIATE");
    for (let i = 0; i < 3; i++) update.run(any());
    db.exec("COMMIT");
    return { ...none, commits: 1, updated: 3 };
  },
  queue: () => {
    insertEvent();
    take.run();
    return { ...none, commits: 2, inserted: 1, deleted: 1 };
  },
  read: () => {
    one.get(any());
    return none;
  },
  scan: () => {
    scan.get();
    return none;
  },
};

const work = kinds[kind];
if (work === undefined) throw new Error(`no load ${kind}`);

const workAll = (): Done => {
  let total = none;
  for (let i = 0; i < Number(count); i++) {
    const { commits, inserted, updated, deleted } = work();
    total = {
      commits: total.commits + commits,
      inserted: total.inserted + inserted,
      updated: total.updated + updated,
      deleted: total.deleted + deleted,
    };
  }
  return total;
};

process.stdout.write("ready\n");
for await (const _ of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(workAll())}\n`);
db.close();
