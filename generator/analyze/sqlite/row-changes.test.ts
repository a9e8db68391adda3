import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "./database.ts";
import type { RowChanges } from "./row-changes.ts";

const directory = mkdtempSync(join(tmpdir(), "dbtrfs-rows-"));
afterAll(() => rmSync(directory, { recursive: true }));

let files = 0;
let versions = 1;

const create = (schema: string): { readonly path: string; readonly db: DatabaseSync } => {
  const path = join(directory, `${files++}.db`);
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${schema}; PRAGMA user_version = 1`);
  return { path, db };
};

/** The changes that are read from the log for what a transaction did; null where it could not be compared. */
const seen = (path: string, db: DatabaseSync, transaction: () => void): RowChanges | null => {
  const database = openDatabase(path);
  db.exec("BEGIN");
  transaction();
  db.exec("COMMIT");
  // A commit counts when another follows it, and this one changes no row.
  db.exec(`PRAGMA user_version = ${++versions}`);
  const { commits, comparedCommits, rows } = database.look();
  return commits > 0 && comparedCommits === commits ? rows : null;
};

describe("what a transaction did to rows", () => {
  const rowid = fc.integer({ min: 1, max: 60 });
  /** From a few bytes to more than a page holds. */
  const length = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 9000 }));
  const step = fc.record({ rowid, length, kind: fc.constantFrom("put", "put", "delete") });
  const transactions = fc.array(fc.array(step, { minLength: 1, maxLength: 30 }), {
    minLength: 1,
    maxLength: 6,
  });

  it("is just what is read from the pages of its log", () => {
    fc.assert(
      fc.property(transactions, (all) => {
        const { path, db } = create("CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT)");
        const put = db.prepare(
          "INSERT INTO t VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET note = excluded.note",
        );
        const drop = db.prepare("DELETE FROM t WHERE id = ?");
        const rows = new Map<number, string>();
        let text = 0;
        for (const steps of all) {
          const before = new Map(rows);
          const changes = seen(path, db, () => {
            for (const { rowid: id, length: size, kind } of steps) {
              const note = `${text++} `.padEnd(size, "x");
              if (kind === "put") put.run(id, note);
              else drop.run(id);
              if (kind === "put") rows.set(id, note);
              else rows.delete(id);
            }
          });
          const touched = new Set(steps.map(({ rowid: id }) => id));
          const count = (test: (id: number) => boolean) => [...touched].filter(test).length;
          const truth = {
            inserted: count((id) => !before.has(id) && rows.has(id)),
            updated: count((id) => before.has(id) && rows.has(id) && before.get(id) !== rows.get(id)),
            deleted: count((id) => before.has(id) && !rows.has(id)),
          };
          if (changes !== null) expect(changes).toEqual(truth);
        }
        db.close();
      }),
      { numRuns: 60 },
    );
  });
});
