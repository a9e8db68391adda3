/**
 * Usage: load.ts KIND DB SECONDS PRAGMAS… An application with one database, in a process of its own: makes it where
 * there is none, prints "ready", works, and prints what it did as a line of JSON.
 */

import { existsSync } from "node:fs";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";

const [kind = "", path = "", seconds = "1", ...pragmas] = process.argv.slice(2);
const rows = 20_000;

const done = { commits: 0, inserted: 0, updated: 0, deleted: 0 };
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
  db.exec("COMMIT");
  db.exec("CREATE INDEX item_code ON item (code)");
}

const append = db.prepare("INSERT INTO event (at, note) VALUES (?, ?)");
const update = db.prepare("UPDATE item SET code = ? WHERE id = ?");
const take = db.prepare("DELETE FROM event WHERE id = (SELECT min(id) FROM event)");
const one = db.prepare("SELECT note FROM item WHERE id = ?");
const any = () => 1 + Math.floor(Math.random() * rows);

const insertEvent = () => {
  append.run(Date.now(), "something happened in the warehouse".padEnd(100));
  done.inserted++;
};

const kinds: Readonly<Record<string, () => boolean>> = {
  append: () => {
    insertEvent();
    return true;
  },
  oltp: () => {
    db.exec("BEGIN IMMEDIATE");
    for (let i = 0; i < 3; i++) done.updated += Number(update.run(any(), any()).changes);
    db.exec("COMMIT");
    return true;
  },
  queue: () => {
    insertEvent();
    done.commits++;
    done.deleted += Number(take.run().changes);
    return true;
  },
  read: () => {
    one.get(any());
    return false;
  },
  scan: () => {
    db.prepare("SELECT sum(length(note)) FROM item").get();
    return false;
  },
  idle: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    return false;
  },
};

const work = kinds[kind];
if (work === undefined) throw new Error(`no load ${kind}`);
if (kind === "queue") for (let i = 0; i < 500; i++) append.run(0, "waiting".padEnd(100));
process.stdout.write("ready\n");
for (const end = performance.now() + Number(seconds) * 1000; performance.now() < end; )
  if (work()) done.commits++;
process.stdout.write(`${JSON.stringify(done)}\n`);
db.close();
