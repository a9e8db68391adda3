import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import type { InstalledServer } from "../../../engines/testing/installed-servers.ts";
import type { Dialect } from "../dialect.ts";
import { dialects } from "./captures.ts";

/** A server in a directory of its own, which goes with it. */
export interface RunningServer {
  readonly dialect: Dialect;
  readonly directory: string;
  readonly socket: string;
  /** Runs statements as root. Throws with what the client said. */
  sql(statements: string): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it, and takes its files away. */
  remove(): Promise<void>;
}

/** Both servers want it said that root runs them. */
const asRoot = process.getuid?.() === 0 ? ["--user=root"] : [];

const small = ["--skip-networking", "--innodb-buffer-pool-size=64M", "--max-connections=20"];

const own: Readonly<Record<Dialect["engine"], readonly string[]>> = {
  mysql: ["--loose-mysqlx=OFF", "--secure-file-priv=", "--innodb-redo-log-capacity=64M"],
  mariadb: ["--innodb-log-file-size=64M"],
};

const initialise = async (
  server: string,
  engine: Dialect["engine"],
  basics: readonly string[],
): Promise<void> => {
  if (engine === "mysql") {
    await execa(server, [...basics, "--initialize-insecure"]);
    return;
  }
  const beside = join(dirname(server), "..", "bin");
  await execa(
    "mariadb-install-db",
    [...basics, "--skip-test-db", "--auth-root-authentication-method=normal"],
    { env: { PATH: `${beside}:${process.env.PATH}` } },
  );
};

/**
 * @param options of the server, beside those that keep it small and to itself
 * @param place a directory for its own
 */
export const runServer = async (
  { server, facts }: InstalledServer,
  options: (directory: string) => readonly string[] = () => [],
  place: string = tmpdir(),
): Promise<RunningServer> => {
  const engine = facts.engine === "mysql" ? "mysql" : "mariadb";
  const directory = mkdtempSync(join(place, "dbtrfs-server-"));
  const socket = join(directory, "socket");
  for (const name of ["outside", "binlog", "tmp"]) mkdirSync(join(directory, name));
  const basics = ["--no-defaults", `--datadir=${join(directory, "data")}`, ...asRoot];
  await initialise(server, engine, basics);

  const launch = () =>
    execa(
      server,
      [
        ...basics,
        ...small,
        ...own[engine],
        `--socket=${socket}`,
        `--pid-file=${join(directory, "pid")}`,
        `--log-error=${join(directory, "log.err")}`,
        `--tmpdir=${join(directory, "tmp")}`,
        ...options(directory),
      ],
      { stdio: "ignore", reject: false },
    );
  let running: ReturnType<typeof launch> | undefined;
  let ended = false;
  const client = (statements: string) =>
    execa(dialects[engine].clients[0] ?? "", [
      "--no-defaults",
      `--socket=${socket}`,
      "--user=root",
      "--batch",
      "--skip-column-names",
      "--execute",
      statements,
    ]);
  const answers = async (): Promise<void> => {
    while ((await client("SELECT 1").catch(() => null)) === null) {
      if (ended) throw new Error(`${server} ended: see ${join(directory, "log.err")}`);
      await setTimeout(50);
    }
  };
  const start = async (): Promise<void> => {
    running = launch();
    ended = false;
    void running.then(() => {
      ended = true;
    });
    await answers();
  };
  const stop = async (): Promise<void> => {
    running?.kill("SIGTERM");
    await running;
    running = undefined;
  };
  await start();
  return {
    dialect: dialects[engine],
    directory,
    socket,
    sql: async (statements) => (await client(statements)).stdout,
    start,
    stop,
    remove: async () => {
      await stop();
      rmSync(directory, { recursive: true });
    },
  };
};
