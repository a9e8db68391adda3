import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProblemsError } from "../../problem.ts";
import type { Session } from "../analyzer.ts";
import { captureLive } from "../live/capture.ts";
import { postgresqlAnalyzer } from "./index.ts";
import { postmasterOf } from "./postmaster.ts";
import { findPsql, psqlClient } from "./psql.ts";
import { connectTo } from "./session.ts";
import { type Cluster, startCluster } from "./testing/cluster.ts";
import { analysisOf, captureFrom, totalOf } from "./testing/measure.ts";
import { postgresqlServers } from "./testing/servers.ts";

const refusalOf = async (act: () => Promise<unknown>): Promise<ProblemsError> => {
  try {
    await act();
  } catch (error) {
    if (error instanceof ProblemsError) return error;
    throw error;
  }
  throw new Error("it was not refused");
};

describe.each(postgresqlServers())("$server $version", ({ server, version }) => {
  let cluster: Cluster;
  let session: Session;

  beforeAll(async () => {
    cluster = await startCluster(dirname(server));
    session = await connectTo(cluster.target, 0);
    await cluster.sql(`
      CREATE TABLE hot (id int PRIMARY KEY, plain int);
      INSERT INTO hot SELECT n, n FROM generate_series(1, 1000) AS n`);
  });
  afterAll(() => cluster?.remove());

  describe("describes the server", () => {
    it("by its version, settings and files, and by the process that the kernel has", async () => {
      const { pid, local, places, settings, server: found } = await session.describe();
      expect({ pid, local }).toEqual({ pid: cluster.postmaster(), local: true });
      expect(found).toEqual({ version, banner: expect.stringMatching(/^PostgreSQL /) });
      expect(places).toEqual([
        { role: "data", name: null, path: cluster.dataDirectory },
        { role: "log", name: null, path: join(cluster.dataDirectory, "pg_wal") },
      ]);
      expect(settings).toMatchObject({ data_checksums: "on", block_size: "8192", max_wal_size: "1GB" });
    });

    it("whose process is none that only has the number of one of its own", async () => {
      const rows = await cluster.sql(
        "SELECT pid, extract(epoch FROM backend_start) FROM pg_stat_activity WHERE backend_type = 'checkpointer'",
      );
      const [backend = 0, backendStart = 0] = rows.split("|").map(Number);
      expect(postmasterOf({ backend, backendStart })).toBe(cluster.postmaster());
      expect(postmasterOf({ backend, backendStart: backendStart - 60 })).toBeNull();
      expect(postmasterOf({ backend: process.pid, backendStart: Date.now() / 1000 })).toBeNull();
    });

    it("with its tablespaces, and those that temporary files go to", async () => {
      const path = join(cluster.folder, "fast disk");
      await cluster.sql(`\\! install -d -m 700 -o $(stat -c %U '${cluster.folder}') '${path}'\n
        CREATE TABLESPACE "Fast" LOCATION '${path}'`);
      await cluster.sql(`ALTER SYSTEM SET temp_tablespaces = '"Fast"'; SELECT pg_reload_conf()`);
      const { places } = await session.describe();
      expect(places.slice(2)).toEqual([
        { role: "tablespace", name: "Fast", path },
        { role: "temp", name: "Fast", path },
      ]);
      await cluster.sql(`ALTER SYSTEM RESET temp_tablespaces; SELECT pg_reload_conf()`);
    });
  });

  describe("harms nobody", () => {
    it("nothing can be written through its connection, by a superuser either", async () => {
      const client = psqlClient(await findPsql());
      const answer = await client.run(cluster.target, "CREATE TABLE written (n int);");
      expect(answer).toMatchObject({ ok: false, failed: "statement" });
      expect(answer).toMatchObject({ message: expect.stringContaining("read-only transaction") });
    });

    it("it waits for no table that is locked, and goes without its size", async () => {
      const held = cluster.sql("BEGIN; LOCK hot IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(1); COMMIT");
      const locked =
        "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'hot'::regclass";
      while ((await cluster.sql(locked)) === "0");
      const sample = await session.sample();
      expect(await cluster.sql(locked)).toBe("1");
      expect(sample.relations.find(({ name }) => name === "postgres.public.hot")).toMatchObject({
        bytes: null,
        counters: { n_tup_ins: 1000 },
      });
      await held;
    });
  });

  describe("statistics that began anew are noticed", () => {
    it("after a reset", async () => {
      const samples = [await session.sample()];
      await cluster.sql(
        "SELECT pg_stat_reset_shared('bgwriter'), pg_stat_reset_shared('wal'), pg_stat_reset()",
      );
      samples.push(await session.sample());
      const capture = captureFrom(await session.describe(), samples);
      expect((await refusalOf(async () => analysisOf(capture))).problems[0]?.found).toContain("reset");
    });

    it("after a restart, by the connection that it had before; the longer part counts", async () => {
      const samples = [await session.sample()];
      await cluster.stop("immediate");
      await cluster.start();
      samples.push(await session.sample());
      await cluster.sql("UPDATE hot SET plain = plain + 1");
      samples.push(await session.sample());
      const analysis = analysisOf(captureFrom(await session.describe(), samples));
      expect(analysis.window.breaks).toEqual([
        { at: samples[1]?.at, why: expect.stringContaining("server start went from") },
      ]);
      expect(totalOf(analysis, "rowsUpdatedPerSecond")).toBeCloseTo(1000, 0);
    });
  });

  it("captureLive has the whole of it, with what the kernel counts for the process", async () => {
    const window = { seconds: 1, intervalSeconds: 1 };
    const stop = new AbortController();
    const capture = await captureLive(postgresqlAnalyzer, cluster.target, window, stop.signal);
    expect(capture.samples.at(-1)?.identity).toHaveProperty("process");
    expect(capture.storage?.components.map(({ role, realPath }) => [role, realPath])).toContainEqual([
      "log",
      cluster.logDirectory,
    ]);
    expect(capture.host).not.toBeNull();
  });

  describe("refuses", () => {
    it("a role that is no member of pg_monitor, and says what makes it one", async () => {
      await cluster.sql("CREATE ROLE nobody_special LOGIN");
      const { problems } = await refusalOf(() =>
        connectTo(cluster.target.replace("user=tester", "user=nobody_special")),
      );
      expect(problems[0]?.fix).toContain('GRANT pg_monitor TO "nobody_special"');
    });

    it("a role and a database that there are not", async () => {
      const role = await refusalOf(() => connectTo(cluster.target.replace("tester", "missing")));
      expect(role.problems[0]?.found).toContain('role "missing" does not exist');
      const database = await refusalOf(() =>
        connectTo(cluster.target.replace("dbname=postgres", "dbname=missing")),
      );
      expect(database.problems[0]?.found).toContain('database "missing" does not exist');
    });

    it("a server that counts nothing", async () => {
      await cluster.sql("ALTER ROLE tester SET track_counts = off");
      const { problems } = await refusalOf(() => connectTo(cluster.target));
      expect(problems[0]?.found).toBe("track_counts = off");
    });

    it("a server that is down, at once when it connects and later in the window", async () => {
      await cluster.stop();
      const later = await refusalOf(() => session.sample());
      expect(later.problems[0]?.allowed).toBe("a server that answers");
      const { problems } = await refusalOf(() => connectTo(cluster.target));
      expect(problems[0]?.fix).toContain("Start the server");
    });
  });
});
