import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mariadb } from "../../engines/mariadb/index.ts";
import { mysql } from "../../engines/mysql/index.ts";
import { installedServers } from "../../engines/testing/installed-servers.ts";
import { Refusal } from "../../refusal.ts";
import { analyse } from "../analyse.ts";
import type { Analysis } from "../analysis.ts";
import type { Session } from "../analyzer.ts";
import type { Sample } from "../capture/sample.ts";
import type { Capture } from "../capture/schema.ts";
import { spanOf } from "../measure/span.ts";
import { openClient } from "./client.ts";
import { mariadbAnalyzer, mysqlAnalyzer } from "./index.ts";
import { type RunningServer, runServer } from "./testing/running-server.ts";

const servers = installedServers(
  [
    { name: "mariadbd", facts: mariadb, banner: /MariaDB/ },
    // Debian builds one that does not name itself.
    { name: "mysqld", facts: mysql, banner: /^(?!.*MariaDB)/ },
  ],
  ["/usr/sbin"],
);

const options = (directory: string) => [
  // MySQL alone has it, and makes tables outside of its directory only where this says so.
  `--loose-innodb-directories=${join(directory, "outside")}`,
  `--log-bin=${join(directory, "binlog", "log")}`,
  "--server-id=1",
  "--sync-binlog=1",
];

const setUp = `
  CREATE USER dbtrfs@localhost;
  GRANT PROCESS, REPLICATION CLIENT ON *.* TO dbtrfs@localhost;
  CREATE USER watcher@localhost;
  GRANT PROCESS, REPLICATION CLIENT ON *.* TO watcher@localhost;
  GRANT SELECT ON performance_schema.* TO watcher@localhost;
  CREATE USER nobody@localhost;
  CREATE DATABASE shop;
  USE shop;
  CREATE TABLE item (id INT PRIMARY KEY, code INT, note VARCHAR(100), KEY (code));
  CREATE TABLE event (id INT PRIMARY KEY AUTO_INCREMENT, note VARCHAR(100));
  INSERT INTO item
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 64)
    SELECT (a.i - 1) * 64 + b.i, b.i, 'x' FROM n a, n b;
`;

const times = (count: number, statement: (i: number) => string) =>
  `USE shop; ${Array.from({ length: count }, (_, i) => statement(i + 1)).join(" ")}`;

const loads = {
  oltp: times(
    200,
    (i) =>
      `BEGIN; SELECT note FROM item WHERE id = ${i}; SELECT note FROM item WHERE id = ${i + 500}; UPDATE item SET code = code + 1 WHERE id = ${i}; UPDATE item SET note = 'y${i}' WHERE id = ${i + 1}; INSERT INTO event (note) VALUES ('z'); COMMIT;`,
  ),
  append: times(300, (i) => `INSERT INTO event (note) VALUES ('event ${i}');`),
  queue: times(300, () => "INSERT INTO event (note) VALUES ('job'); DELETE FROM event ORDER BY id LIMIT 1;"),
  "read-mostly": times(500, (i) => `SELECT note FROM item WHERE id = ${i};`),
  analytics: times(20, () => "SELECT SUM(LENGTH(note)) FROM item;"),
} as const;

describe.each(servers)("$facts.title $version", (installed) => {
  let server: RunningServer;
  const analyzer = installed.facts.engine === "mysql" ? mysqlAnalyzer : mariadbAnalyzer;
  const connect = (user = "dbtrfs"): Promise<Session> => analyzer.connect(`${user}@${server.socket}`);

  beforeAll(async () => {
    server = await runServer(installed, options);
    await server.sql(setUp);
  });
  afterAll(() => server.remove());

  const capture = async (session: Session, samples: Sample[]): Promise<Capture> => {
    const { server: of, settings, missing } = await session.describe();
    const rest = { host: null, storage: null, missing };
    return {
      captureVersion: 1,
      capturedBy: "test",
      engine: analyzer.engine,
      target: "",
      server: of,
      settings,
      samples,
      ...rest,
    };
  };

  /** What the analysis says of a load that runs between two samples. */
  const during = async (load: () => Promise<unknown>, user?: string): Promise<Analysis> => {
    const session = await connect(user);
    const samples = [await session.sample()];
    await load();
    samples.push(await session.sample());
    return analyse(await capture(session, samples), analyzer, "test");
  };

  it("says where its files are, and which process it is", async () => {
    const { places, pid, local, settings } = await (await connect()).describe();
    expect([local, pid]).toEqual([true, expect.any(Number)]);
    expect(places.map(({ role }) => role)).toEqual(expect.arrayContaining(["data", "log", "binlog", "temp"]));
    expect(places.filter(({ path }) => !existsSync(path))).toEqual([]);
    expect(places.find(({ role }) => role === "binlog")?.path).toMatch(/\/binlog\/log\.\d+$/);
    expect(settings).toMatchObject({ innodb_flush_log_at_trx_commit: "1", log_bin: "ON", sync_binlog: "1" });
  });

  it("finds tables outside of the data directory", async () => {
    const outside = join(server.directory, "outside");
    await server.sql(`CREATE TABLE shop.far (id INT PRIMARY KEY) DATA DIRECTORY = '${outside}'`);
    const { places } = await (await connect()).describe();
    expect(places).toContainEqual({
      role: "tablespace",
      name: "shop/far",
      path: join(outside, "shop", "far.ibd"),
    });
  });

  it("refuses a role without the rights, with the grant that it lacks", async () => {
    const refusal = await connect("nobody").catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).problems[0]?.fix).toBe(
      "GRANT PROCESS, REPLICATION CLIENT ON *.* TO 'nobody'@'localhost';",
    );
  });

  it("that is down is refused", async () => {
    const refusal = await analyzer.connect(join(server.directory, "none")).catch((error: unknown) => error);
    expect((refusal as Refusal).problems[0]?.allowed).toBe("a server that is up and reachable");
  });

  it("takes a password from an option file, and shows it nowhere", async () => {
    const file = join(server.directory, "client.cnf");
    const options = ["[client]", `socket=${server.socket}`, "user=guarded", "password=not-to-be-seen"];
    writeFileSync(file, options.join("\n"), { mode: 0o600 });
    await server.sql(
      "CREATE USER guarded@localhost IDENTIFIED BY 'not-to-be-seen'; GRANT PROCESS, REPLICATION CLIENT ON *.* TO guarded@localhost",
    );
    const session = await analyzer.connect(`defaults-file=${file}`);
    expect(JSON.stringify([await session.describe(), await session.sample()])).not.toContain(
      "not-to-be-seen",
    );
    const refusal = await connect("guarded").catch((error: unknown) => error);
    expect((refusal as Refusal).problems[0]?.allowed).toBe("a user that may log in from here");
  });

  it("goes without what the role may not read, and says so", async () => {
    const name = "events_transactions_summary_global.COUNT_STAR";
    expect((await (await connect()).describe()).missing[name]).toMatch(
      /^SELECT command denied to user 'dbtrfs'@/,
    );
    const { missing } = await (await connect("watcher")).describe();
    expect(missing[name]).toBe(
      installed.facts.engine === "mysql" ? undefined : "performance_schema is off, or its instrument is",
    );
  });

  it("waits for no writer", async () => {
    const session = await connect();
    let isHeld = true;
    const holding = server.sql("LOCK TABLES shop.item WRITE, shop.event WRITE; DO SLEEP(2)").finally(() => {
      isHeld = false;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await session.sample();
    expect(isHeld).toBe(true);
    await holding;
  });

  it("cannot be written to by the analysis, not even as root", async () => {
    const client = await openClient(server.dialect, [`--socket=${server.socket}`, "--user=root"]);
    const write = { id: "write", sql: "INSERT INTO shop.event (note) VALUES ('no')" };
    expect(await client([write], server.dialect.limits)).toMatchObject({
      ok: false,
      // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
      failure: { code: 1792, query: "write" },
    });
  });

  it("counts just what was done", async () => {
    const { window, measured, relations } = await during(() => server.sql(loads.oltp), "watcher");
    const done = (perSecond: number | null) => Math.round((perSecond ?? Number.NaN) * window.seconds);
    expect(done(measured.rowsInsertedPerSecond)).toBeCloseTo(200, -1);
    expect(done(measured.rowsUpdatedPerSecond)).toBeCloseTo(400, -1);
    expect(done(measured.rowsReadPerSecond)).toBeCloseTo(800, -1);
    expect(done(measured.commitsPerSecond)).toBeCloseTo(200, -1);
    expect(measured.writeShare).toBeCloseTo(0.6);
    expect(measured.binlogMiBPerSecond).toBeGreaterThan(0);
    expect(measured.logMiBPerSecond).toBeGreaterThan(0);
    expect(relations.largest.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["shop.item", "shop.event"]),
    );
  });

  it.each(Object.keys(loads) as (keyof typeof loads)[])("knows %s by its counters alone", async (name) => {
    const analysis = await during(() => server.sql(loads[name]));
    expect({ class: analysis.class, remark: analysis.classification.remark }).toEqual({
      class: name,
      remark: null,
    });
    expect(analysis.profile).not.toBeNull();
    expect(analysis.measured.transactionsPerSecond).toBeGreaterThan(0);
  });

  it("at rest is idle: the analysis takes its own work off", async () => {
    const { window, measured, class: name } = await during(async () => undefined);
    expect([window.idle, name, measured.rowsReadPerSecond]).toEqual([true, null, 0]);
  });

  it("tells of a flush of its status", async () => {
    const session = await connect();
    const before = await session.sample();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await server.sql("FLUSH STATUS").then(() => server.sql("FLUSH GLOBAL STATUS").catch(() => ""));
    const samples = [before, await session.sample(), await session.sample()];
    expect(spanOf({ samples, missing: {} })?.breaks[0]?.why).toMatch(/^FLUSH STATUS went from 20.* to 20/);
  });

  it("tells of a restart, and goes on after it", async () => {
    const session = await connect();
    const before = await session.sample();
    await server.stop();
    const after = session.sample();
    await server.start();
    const samples = [before, await after, await session.sample()];
    expect(spanOf({ samples, missing: {} })?.breaks[0]?.why).toMatch(
      /^start of the server went from 20.* to 20/,
    );
  });
});
