/**
 * Usage: sqlite-driver.ts create DB ROWS PRAGMAS… | run DB SECONDS SEED. One writer, as SQLite has: each transaction updates three rows at
 * random places of an indexed table. Prints the latency of each transaction in milliseconds, as a line of JSON at the end.
 */

import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { random } from "../../random.ts";

const [verb, path = "", amount = "", ...rest] = process.argv.slice(2);
const updatesPerTransaction = 3;

const create = (db: DatabaseSync, rows: number): void => {
  db.exec("CREATE TABLE item (id INTEGER PRIMARY KEY, code INTEGER, amount INTEGER, note TEXT)");
  db.exec("BEGIN");
  const insert = db.prepare("INSERT INTO item VALUES (?, ?, 0, ?)");
  for (let id = 0; id < rows; id++)
    insert.run(id, (id * 7919) % rows, `item ${id} of the warehouse, in stock`.padEnd(100));
  db.exec("COMMIT");
  db.exec("CREATE INDEX item_code ON item (code)");
};

const run = (db: DatabaseSync, seconds: number, seed: number): number[] => {
  const next = random(seed);
  const { rows } = db.prepare("SELECT count(*) AS rows FROM item").get() as { rows: number };
  const update = db.prepare("UPDATE item SET amount = amount + 1, code = ? WHERE id = ?");
  const latencies: number[] = [];
  const end = performance.now() + seconds * 1000;
  for (let now = performance.now(); now < end; ) {
    db.exec("BEGIN IMMEDIATE");
    for (let i = 0; i < updatesPerTransaction; i++)
      update.run(Math.floor(next() * rows), Math.floor(next() * rows));
    db.exec("COMMIT");
    const after = performance.now();
    latencies.push(after - now);
    now = after;
  }
  return latencies;
};

const db = new DatabaseSync(path);
const pragmas = verb === "run" ? rest.slice(1) : rest;
for (const pragma of pragmas) db.exec(`PRAGMA ${pragma}`);
if (verb === "create") create(db, Number(amount));
if (verb === "run") process.stdout.write(`${JSON.stringify(run(db, Number(amount), Number(rest[0])))}\n`);
if (verb === "checkpoint") db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
if (verb === "open") db.prepare("SELECT count(*) FROM item").get();
db.close();
