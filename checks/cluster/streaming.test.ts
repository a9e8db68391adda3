import { appendFileSync, existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cluster, startCluster } from "../../generator/analyze/postgresql/testing/cluster.ts";
import { postgresqlServers } from "../../generator/analyze/postgresql/testing/servers.ts";

const modules = join(import.meta.dirname, "..", "..", "modules");
const script = (path: string): string => readFileSync(join(modules, path), "utf8");

/** As lib.toShellVars writes them. */
const variables = (values: Readonly<Record<string, string | readonly string[]>>): string =>
  Object.entries(values)
    .map(([name, value]) =>
      typeof value === "string"
        ? `${name}='${value}'`
        : `declare -a ${name}=(${value.map((v) => `'${v}'`).join(" ")})`,
    )
    .join("\n");

/** What take.sh defines for every engine, but for what needs Btrfs: the snapshot of a server at rest is a copy. */
const taking = `${script("snapshot/take.sh").split("answer_timeout=")[0]}
answer_timeout=60
as_user() { "$@"; }
snapshot() { cp --archive "$mount" "$unfinished"; rm -rf "$unfinished\${log_filesystem#"$mount"}"/*; }`;

const asPostgres =
  process.getuid?.() === 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

describe.each(postgresqlServers())("a replica of PostgreSQL $version", ({ server }) => {
  const bin = dirname(server);
  let primary: Cluster;
  let folder = "";
  const at = (...parts: string[]) => join(folder, ...parts);

  const bash = (text: string, host = primary.folder) =>
    execa([...asPostgres, "bash"][0] ?? "", [...[...asPostgres, "bash"].slice(1), "-c", text], {
      cwd: primary.folder,
      reject: false,
      all: true,
      env: { PATH: `${bin}:${process.env.PATH}`, PGHOST: host, PGUSER: "tester" },
    });

  const clone = () =>
    bash(
      `${variables({
        mount: folder,
        data: at("data", "x"),
        wal: at("wal", "x"),
        slot: "db2",
        connection: `host=${primary.folder} user=replicator`,
      })}\n${script("cluster/clone.sh")}`,
    );

  const slots = (host?: string) =>
    bash(`${variables({ slots: ["db2", "db3"] })}\n${script("cluster/slots.sh")}`, host);

  const start = (data: string, socket: string) =>
    bash(
      `pg_ctl --pgdata='${data}' --silent --wait --log='${socket}/log' --options="-c listen_addresses='' -c unix_socket_directories='${socket}'" start >/dev/null 2>&1 || { cat '${socket}/log'; exit 1; }`,
    );
  const stop = (data: string) => bash(`pg_ctl --pgdata='${data}' --silent --mode=immediate stop`);
  const ask = async (host: string, sql: string) => (await bash(`psql -XAtqc "${sql}" postgres`, host)).stdout;

  beforeAll(async () => {
    primary = await startCluster(bin, { wal_level: "replica" });
    folder = join(primary.folder, "replica");
    await bash(`mkdir -p '${at("data")}' '${at("wal")}'`);
    await primary.sql(
      "CREATE ROLE replicator LOGIN REPLICATION; CREATE TABLE kept AS SELECT generate_series(1, 1000)",
    );
  }, 60_000);

  afterAll(async () => {
    await stop(at("data", "x"));
    await stop(join(primary.folder, "copy", "data", "x"));
    await primary.remove();
  });

  test("has a slot on the primary, made once", async () => {
    expect(await slots()).toMatchObject({ exitCode: 0 });
    expect(await slots()).toMatchObject({ exitCode: 0, stdout: "" });
    expect(
      await primary.sql("SELECT slot_name, restart_lsn IS NULL FROM pg_replication_slots ORDER BY 1"),
    ).toBe("db2|t\ndb3|t");
  });

  test("is not made over what is there", async () => {
    await bash(`mkdir --mode=750 '${at("data", "x")}' && touch '${at("data", "x", "somebodys")}'`);
    const { exitCode, all } = await clone();
    expect({ exitCode, all }).toMatchObject({ exitCode: 1, all: expect.stringContaining("is not empty") });
    expect(existsSync(at("data", "x", "somebodys"))).toBe(true);
  });

  test("is made from the primary, also where an earlier copy was cut off", async () => {
    await bash(`touch '${at(".dbtrfs-clone")}'`);
    expect(await clone()).toMatchObject({ exitCode: 0 });
    expect(existsSync(at("data", "x", "standby.signal"))).toBe(true);
    expect(existsSync(at(".dbtrfs-clone"))).toBe(false);
    expect(realpathSync(at("data", "x", "pg_wal"))).toBe(realpathSync(at("wal", "x")));
  }, 60_000);

  test("follows the primary, and makes no slots of its own", async () => {
    const settings = `primary_conninfo = 'host=${primary.folder} user=replicator application_name=db2'
primary_slot_name = 'db2'
`;
    appendFileSync(at("data", "x", "postgresql.auto.conf"), settings);
    const started = await start(at("data", "x"), folder);
    expect(started, started.all).toMatchObject({ exitCode: 0 });
    await primary.sql("INSERT INTO kept SELECT generate_series(1001, 2000)");
    await expect.poll(() => ask(folder, "SELECT count(*) FROM kept"), { timeout: 20_000 }).toBe("2000");
    expect(await slots(folder)).toMatchObject({ exitCode: 0, stdout: "" });
    expect(await ask(folder, "SELECT count(*) FROM pg_replication_slots")).toBe("0");
  }, 60_000);

  test("gives a snapshot that starts by itself, with the log from its own filesystem", async () => {
    const copies = join(primary.folder, "copies");
    await bash(`mkdir -p '${copies}'`);
    const taken = await bash(
      `${variables({
        name: "orders",
        mount: folder,
        snapshots: copies,
        metrics: copies,
        user: "postgres",
        data: at("data", "x"),
        log_filesystem: at("wal"),
        slot_name: "orders",
      })}\n${taking}\n${script("snapshot/postgresql.sh")}\ntake_engine; printf %s "$facts"`,
      folder,
    );
    expect(taken, taken.all).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^wal=[0-9A-F]{24}\.\.[0-9A-F]{24}/m),
    });
    // As a restore does: the link leads to the copy's own log, and what belongs to the running server goes.
    const copy = join(primary.folder, "copy");
    await bash(
      `cp -a '${copies}/.orders.unfinished' '${copy}' && cd '${copy}' && ln -sfn ../../wal/x data/x/pg_wal && rm -f data/x/standby.signal data/x/postmaster.* .s.PGSQL.*`,
    );
    expect(readFileSync(join(copy, "data", "x", "backup_label"), "utf8")).toContain("BACKUP FROM: standby");
    const started = await start(join(copy, "data", "x"), copy);
    expect(started, started.all).toMatchObject({ exitCode: 0 });
    expect(await ask(copy, "SELECT count(*), pg_is_in_recovery() FROM kept")).toBe("2000|f");
  }, 60_000);
});
