import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pgbenchScripts } from "../../bench/loads/pgbench-scripts.ts";
import type { WorkloadClass } from "../../spec/workload.ts";
import type { Session } from "../analyzer.ts";
import { connectTo } from "./session.ts";
import { type Cluster, startCluster } from "./testing/cluster.ts";
import { analysisOf, captureFrom, captureOf, totalOf } from "./testing/measure.ts";
import { postgresqlServers } from "./testing/servers.ts";

describe.each(postgresqlServers())("$server $version", ({ server }) => {
  const bin = dirname(server);
  const has = (file: string) => existsSync(join(bin, file));
  let cluster: Cluster;
  let session: Session;
  const measure = async (load: () => Promise<unknown>) => analysisOf(await captureOf(session, load));

  beforeAll(async () => {
    cluster = await startCluster(bin);
    session = await connectTo(cluster.target, 0);
    if (has("pgbench")) await cluster.pgbench("--initialize", "--quiet", "--scale=2");
    await cluster.sql("VACUUM ANALYZE");
  });
  afterAll(() => cluster?.remove());

  describe.skipIf(!has("pgbench"))("measures pgbench's loads as what they are", () => {
    const run = async (workload: WorkloadClass, clients: number, each: number) => {
      const { setUp, builtin, write } = pgbenchScripts[workload];
      if (setUp.length > 0) await cluster.sql(`${setUp.join(";")};`);
      const script = builtin ? `--builtin=${builtin}` : `--file=${write(cluster.folder)}`;
      return measure(() => cluster.pgbench(`--client=${clients}`, `--transactions=${each}`, script));
    };

    it("TPC-B: three updates, one insert and one select in each transaction", async () => {
      const analysis = await run("oltp", 4, 150);
      expect(analysis.class).toBe("oltp");
      expect(totalOf(analysis, "rowsUpdatedPerSecond")).toBeCloseTo(1800, -1);
      expect(totalOf(analysis, "rowsInsertedPerSecond")).toBeCloseTo(600, -1);
      expect(analysis.measured.rowsDeletedPerSecond).toBe(0);
      expect(analysis.measured.updateShare).toBeCloseTo(0.75, 3);
      expect(analysis.measured.writeShare).toBeCloseTo(0.8, 1);
      expect(totalOf(analysis, "commitsPerSecond")).toBeCloseTo(600, -1);
      expect(totalOf(analysis, "transactionsPerSecond") / 600).toBeCloseTo(1, 1);
      expect(analysis.measured.scanShare).toBeLessThan(0.05);
      expect(analysis.measured.logMiBPerSecond).toBeGreaterThan(0);
      expect(analysis.profile).toMatchObject({ class: "oltp", updateShare: 0.75 });
      expect(analysis.relations.hottest.map(({ name }) => name)).toContain(
        "postgres.public.pgbench_accounts",
      );
      expect(analysis.relations.largest[0]?.name).toBe("postgres.public.pgbench_accounts");
    });

    it("select only: reads by an index, and nothing is written", async () => {
      const analysis = await run("read-mostly", 2, 500);
      expect(analysis.class).toBe("read-mostly");
      expect(analysis.measured).toMatchObject({ writeShare: 0, scanShare: 0, commitsPerSecond: 0 });
      // An index may name versions of a row that are dead by now.
      expect(totalOf(analysis, "rowsReadPerSecond") / 1000).toBeCloseTo(1, 1);
      expect(analysis.profile).toMatchObject({ writeShare: 0, updateShare: 0, scanShare: 0 });
    });

    it("append: rows that are inserted in bulk, and never again touched", async () => {
      const analysis = await run("append", 2, 100);
      expect(analysis.class).toBe("append");
      expect(totalOf(analysis, "rowsInsertedPerSecond")).toBeCloseTo(20_000, -2);
      expect(analysis.measured).toMatchObject({ writeShare: 1, insertShare: 1, updateShare: 0 });
      expect(totalOf(analysis, "commitsPerSecond")).toBeCloseTo(200, -1);
      expect(analysis.measured.growthMiBPerHour).toBeGreaterThan(0);
    });

    it("scan: whole tables", async () => {
      const analysis = await run("analytics", 2, 5);
      expect(analysis.class).toBe("analytics");
      expect(analysis.measured).toMatchObject({ writeShare: 0, scanShare: 1 });
      expect(totalOf(analysis, "rowsReadPerSecond") / 2_000_000).toBeCloseTo(1, 1);
    });

    it("queue: each row that comes is claimed and goes", async () => {
      const analysis = await run("queue", 2, 150);
      expect(analysis.class).toBe("queue");
      expect(totalOf(analysis, "rowsInsertedPerSecond")).toBeCloseTo(300, -1);
      expect(analysis.measured.insertShare).toBeCloseTo(1 / 3, 1);
    });
  });

  it("HOT is told from updates that move index entries", async () => {
    await cluster.sql(`
      CREATE TABLE hot (id int PRIMARY KEY, indexed int, plain int) WITH (fillfactor = 40);
      CREATE INDEX ON hot (indexed);
      INSERT INTO hot SELECT n, n, n FROM generate_series(1, 1000) AS n`);
    const { measured } = await measure(() =>
      cluster.sql(`
        UPDATE hot SET plain = plain + 1;
        UPDATE hot SET indexed = indexed + 1 WHERE id <= 250`),
    );
    expect(measured.hotUpdateShare).toBeCloseTo(0.8, 3);
  });

  it("temporary files, page images and checkpoints are counted", async () => {
    const { measured, window } = await measure(() =>
      cluster.sql(`
        CHECKPOINT;
        UPDATE hot SET plain = plain + 1;
        SET work_mem = '64kB';
        SELECT count(*) FROM (SELECT n FROM generate_series(1, 300000) AS n ORDER BY n DESC) AS sorted`),
    );
    expect((measured.checkpointsPerHour ?? 0) * (window.seconds / 3600)).toBeCloseTo(1, 1);
    expect(measured.requestedCheckpointShare).toBe(1);
    expect(
      totalOf({ measured, window } as Parameters<typeof totalOf>[0], "temporaryMiBPerSecond"),
    ).toBeGreaterThan(1);
    expect(measured.fullPageImageShare).toBeGreaterThan(0.05);
    expect(measured.dataWrittenMiBPerSecond).toBeGreaterThan(0);
    expect(measured.workingSetGiB).toBeNull();
  });

  it("tables that were made or dropped in the window count for what was seen of them", async () => {
    await cluster.sql("CREATE TABLE leaves AS SELECT generate_series(1, 500) AS n");
    const samples = [await session.sample()];
    await cluster.sql(
      "CREATE TABLE comes AS SELECT generate_series(1, 700) AS n; INSERT INTO leaves VALUES (1)",
    );
    samples.push(await session.sample());
    await cluster.sql("DROP TABLE leaves; ALTER TABLE comes RENAME TO stays");
    samples.push(await session.sample());
    const analysis = analysisOf(captureFrom(await session.describe(), samples));
    expect(totalOf(analysis, "rowsInsertedPerSecond")).toBeCloseTo(701, 0);
    expect(analysis.window.breaks).toEqual([]);
  });

  it("all databases count, and those that cannot be looked into are named", async () => {
    await cluster.sql(`CREATE DATABASE "other's db"`);
    await cluster.sql(`CREATE DATABASE shut CONNECTION LIMIT 0`);
    await cluster.sql("CREATE ROLE watcher LOGIN; GRANT pg_monitor TO watcher");
    await cluster.sql("CREATE TABLE there (n int)", "other's db");
    session = await connectTo(cluster.target.replace("user=tester", "user=watcher"), 0);
    const capture = await captureOf(session, () =>
      cluster.sql("INSERT INTO there SELECT generate_series(1, 321)", "other's db"),
    );
    expect(totalOf(analysisOf(capture), "rowsInsertedPerSecond")).toBeCloseTo(321, 0);
    expect(capture.missing["relations of shut"]).toContain("too many connections for database");
    const busy = await captureOf(session, () =>
      cluster.sql("CREATE TABLE t AS SELECT generate_series(1, 50000) AS n; UPDATE t SET n = 1", "shut"),
    );
    const { window, measured, unknown, class: name } = analysisOf(busy);
    expect({ idle: window.idle, name, rows: measured.rowsUpdatedPerSecond }).toEqual({
      idle: false,
      name: null,
      rows: null,
    });
    expect(unknown.updateShare).toContain("could not be looked into: shut");
    await cluster.sql(`DROP DATABASE "other's db"`);
    expect((await session.sample()).relations.some(({ name }) => name.startsWith("postgres."))).toBe(true);
    await cluster.sql("DROP DATABASE shut");
  });

  it("a window in which nobody worked is idle, whatever the samples read themselves", async () => {
    const { window, class: name, profile } = await measure(async () => undefined);
    expect({ idle: window.idle, name, profile }).toEqual({ idle: true, name: null, profile: null });
  });

  it("with pg_stat_statements the share of statements that write is counted", async ({ skip }) => {
    const available = "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_stat_statements'";
    if ((await cluster.sql(available)) === "0") skip("pg_stat_statements is not installed with this server");
    await cluster.sql("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
    await cluster.stop();
    await cluster.start();
    await cluster.sql("CREATE EXTENSION pg_stat_statements");
    const { measured } = await measure(() =>
      cluster.sql(`
        /* a job */ UPDATE hot SET plain = 1;
        WITH gone AS (DELETE FROM hot WHERE id = 7 RETURNING id) SELECT count(*) FROM gone;
        SELECT sum(plain) FROM hot; SELECT 1; SELECT 2`),
    );
    expect(measured.writeShare).toBeCloseTo(0.4, 3);
  });
});
