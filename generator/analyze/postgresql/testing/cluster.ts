import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { conninfoValue } from "../target.ts";

/** A server that was really started, in a folder of its own. */
export interface Cluster {
  /** A connection string for its superuser. */
  readonly target: string;
  readonly dataDirectory: string;
  readonly logDirectory: string;
  /** A folder that the server may write to. */
  readonly folder: string;
  /** Process number of its main process. */
  postmaster(): number;
  /** Rows as psql prints them. */
  sql(statements: string, database?: string): Promise<string>;
  /** Returns when every session of it has ended and reported what it did. */
  pgbench(...args: string[]): Promise<void>;
  start(): Promise<void>;
  stop(mode?: "fast" | "immediate"): Promise<void>;
  remove(): Promise<void>;
}

/** PostgreSQL does not run as root. */
const asOther = (): readonly string[] => {
  const user = process.env.DBTRFS_TEST_USER ?? "postgres";
  return process.getuid?.() === 0
    ? ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", "--"]
    : [];
};

const settings = {
  listen_addresses: "''",
  max_connections: 20,
  shared_buffers: "32MB",
  max_wal_size: "1GB",
  autovacuum_naptime: "1d",
};

/** @param bin the folder with the server's programs */
export const startCluster = async (bin: string, more: Record<string, string> = {}): Promise<Cluster> => {
  const folder = mkdtempSync(join(tmpdir(), "dbtrfs-pg-"));
  const other = asOther();
  const [reuid = ""] = other.filter((word) => word.startsWith("--reuid="));
  if (reuid !== "") await execa("chown", [reuid.replace("--reuid=", ""), folder]);
  const run = (program: string, args: readonly string[], input = "") => {
    const [first = "", ...rest] = [...other, join(bin, program), ...args];
    return execa(first, rest, { cwd: folder, input, stdin: "pipe" });
  };
  const [dataDirectory, logDirectory] = [join(folder, "data"), join(folder, "wal")];
  const control = ["--pgdata", dataDirectory, "--silent", "--wait"];
  const given = Object.entries({ ...settings, unix_socket_directories: folder, ...more });
  const options = given.map(([name, value]) => `-c ${name}=${value}`).join(" ");
  const start = async () => {
    const [first = "", ...rest] = [...other, join(bin, "pg_ctl"), ...control];
    await execa(first, [...rest, "--log", join(folder, "log"), "--options", options, "start"], {
      cwd: folder,
      stdio: "ignore",
    });
  };
  const server = `host=${folder} user=tester`;
  const sql = async (statements: string, database = "postgres"): Promise<string> => {
    const plain = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"];
    return (
      await execa("psql", [...plain, `${server} dbname=${conninfoValue(database)}`], { input: statements })
    ).stdout;
  };
  const settled = async (): Promise<void> => {
    const others =
      "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
    while ((await sql(others)) !== "0") await setTimeout(20);
  };
  await run("initdb", [
    "--pgdata",
    dataDirectory,
    "--waldir",
    logDirectory,
    "--username=tester",
    "--auth=trust",
    "--data-checksums",
    "--no-sync",
    "--no-instructions",
  ]);
  await start();
  return {
    target: `${server} dbname=postgres`,
    dataDirectory,
    logDirectory,
    folder,
    postmaster: () => Number(readFileSync(join(dataDirectory, "postmaster.pid"), "utf8").split("\n")[0]),
    sql,
    async pgbench(...args) {
      await run("pgbench", ["--host", folder, "--username", "tester", "--no-vacuum", ...args, "postgres"]);
      await settled();
    },
    start,
    stop: async (mode = "fast") => void (await run("pg_ctl", [...control, `--mode=${mode}`, "stop"])),
    async remove() {
      await run("pg_ctl", [...control, "--mode=immediate", "stop"]).catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
