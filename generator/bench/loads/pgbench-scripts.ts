import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkloadClass } from "../../spec/workload.ts";

interface Script {
  /** pgbench's own script of that name, or null for one of ours. */
  readonly builtin: string | null;
  /** Statements after pgbench's own tables are filled. */
  readonly setUp: readonly string[];
  /** Writes the script into a folder and says where it is. */
  write(folder: string): string;
}

const builtin = (name: string): Script => ({
  builtin: name,
  setUp: [],
  write: () => {
    throw new Error(`pgbench has ${name} itself`);
  },
});

const script = (name: string, setUp: readonly string[], lines: readonly string[]): Script => ({
  builtin: null,
  setUp,
  write: (folder) => {
    const file = join(folder, `${name}.sql`);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  },
});

/** A row as a sensor or a log line sends it: as compressible as such rows are. */
const event =
  "now(), (random() * 1000)::int, random(), 'sensor ' || (random() * 20)::int || ' reports a value within its range'";

const append = script(
  "append",
  [
    "CREATE TABLE event (at timestamptz, sensor int, value float8, message text)",
    "CREATE INDEX ON event USING brin (at)",
  ],
  [`INSERT INTO event SELECT ${event} FROM generate_series(1, 100);`],
);

const queue = script(
  "queue",
  [
    "CREATE TABLE job (id bigserial PRIMARY KEY, state int NOT NULL DEFAULT 0, payload text)",
    "CREATE INDEX ON job (id) WHERE state = 0",
    "INSERT INTO job (payload) SELECT repeat('job', 60) FROM generate_series(1, 10000)",
  ],
  [
    "INSERT INTO job (payload) VALUES (repeat('job', 60));",
    "UPDATE job SET state = 1 WHERE id = (SELECT id FROM job WHERE state = 0 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);",
    "DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 1 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);",
  ],
);

const scan = script("scan", [], ["SELECT sum(abalance), count(*) FROM pgbench_accounts;"]);

/** What the clients of each class of workload do. */
export const pgbenchScripts: Readonly<Record<WorkloadClass, Script>> = {
  oltp: builtin("tpcb-like"),
  mixed: builtin("tpcb-like"),
  "read-mostly": builtin("select-only"),
  append,
  queue,
  analytics: scan,
};
