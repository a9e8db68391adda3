import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import type { WorkloadClass } from "../../spec/workload.ts";
import { histogramPercentiles } from "../loads/sysbench-histogram.ts";
import type { MakeServer, Observed, Place, Server } from "../server.ts";
import { find } from "./programs.ts";

const user = "mysql";
const asUser = ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", "--"];

/** sysbench's scripts by class of workload (github.com/akopytov/sysbench, src/lua). */
const scripts: Readonly<Record<WorkloadClass, string>> = {
  oltp: "oltp_write_only",
  mixed: "oltp_read_write",
  "read-mostly": "oltp_read_only",
  append: "oltp_insert",
  queue: "oltp_delete",
  analytics: "select_random_ranges",
};
const tables = 4;

const settingsOf = ({ candidate, cacheMiB, volume, run }: Place) => ({
  "innodb-buffer-pool-size": `${cacheMiB}M`,
  "innodb-flush-log-at-trx-commit": 1,
  ...(volume.logDirectory === null ? {} : { "innodb-log-group-home-dir": volume.logDirectory }),
  socket: join(run, "socket"),
  "pid-file": join(run, "pid"),
  "max-connections": 100,
  ...candidate.variation,
});

/** The server's process. */
interface Running {
  readonly pid: number | undefined;
  readonly done: Promise<unknown>;
  ended: boolean;
}

const launch = (command: readonly string[], cwd: string): Running => {
  const [program = "", ...args] = command;
  const process = execa(program, args, { stdio: "ignore", reject: false, cwd });
  const running: Running = { pid: process.pid, done: process, ended: false };
  void process.then(() => {
    running.ended = true;
  });
  return running;
};

/** What the two servers call the same. */
interface Dialect {
  readonly engine: "mysql" | "mariadb";
  readonly server: string;
  readonly client: string;
  initialise(basics: readonly string[]): Promise<string[]>;
  readonly settings: Readonly<Record<string, string | number>>;
}

const mariadbDialect: Dialect = {
  engine: "mariadb",
  server: "mariadbd",
  client: "mariadb",
  initialise: async (basics) => [
    await find("mariadb-install-db", "install MariaDB's server"),
    ...basics,
    "--skip-test-db",
    "--auth-root-authentication-method=normal",
  ],
  settings: { "innodb-log-file-size": "512M", "skip-log-bin": "ON" },
};

const mysqlDialect: Dialect = {
  engine: "mysql",
  server: "mysqld",
  client: "mysql",
  initialise: async (basics) => [
    await find("mysqld", "install MySQL's server"),
    ...basics,
    "--initialize-insecure",
  ],
  settings: { "innodb-redo-log-capacity": "512M", "disable-log-bin": "ON", mysqlx: "OFF" },
};

const makeServer =
  (dialect: Dialect): MakeServer =>
  async (place): Promise<Server> => {
    const { volume, load, group, run } = place;
    const program = await find(
      dialect.server,
      `install ${dialect.engine}'s server, or put its folder first in the PATH`,
    );
    const sysbench = await find("sysbench", "install sysbench");
    const client = await find(dialect.client, `install ${dialect.engine}'s client`);
    const version = /(\d+\.\d+(\.\d+)?)/.exec((await execa(program, ["--version"])).stdout)?.[1] ?? "unknown";
    const options = Object.entries({ ...settingsOf(place), ...dialect.settings }).map(
      ([k, v]) => `--${k}=${v}`,
    );
    const basics = ["--no-defaults", `--datadir=${volume.dataDirectory}`];
    const socket = join(run, "socket");
    const ask = (statement: string) =>
      execa(client, [
        "--no-defaults",
        `--socket=${socket}`,
        "--user=root",
        "--batch",
        "--execute",
        statement,
      ]);
    let running: Running | undefined;

    const answers = async (): Promise<void> => {
      for (;;) {
        if (running?.ended) throw new Error(`${dialect.server} ended; see ${join(run, "log")}`);
        if (
          !(
            await execa(
              client,
              ["--no-defaults", `--socket=${socket}`, "--user=root", "--execute", "SELECT 1"],
              { reject: false },
            )
          ).failed
        )
          return;
        await setTimeout(50);
      }
    };
    const start = async () => {
      const command = [
        ...asUser,
        program,
        ...basics,
        ...options,
        "--skip-networking",
        `--log-error=${join(run, "log")}`,
      ];
      running = launch(group.wrap(command), run);
      await answers();
    };
    const shape = [
      "--db-driver=mysql",
      `--mysql-socket=${socket}`,
      "--mysql-user=root",
      "--mysql-db=bench",
      `--tables=${tables}`,
      `--table-size=${load.scale}`,
      `--rand-seed=${load.seed}`,
    ];

    return {
      engine: dialect.engine,
      version,
      user,
      settings: options.filter((option) => !/socket|pid-file/.test(option)).join(" "),
      start,
      async create() {
        const [first = "", ...rest] = await dialect.initialise([
          ...basics,
          ...options.filter((o) => /innodb-log-group|mysqlx/.test(o)),
        ]);
        await execa(asUser[0] ?? "", [...asUser.slice(1), first, ...rest], { cwd: run });
        await start();
        await ask("CREATE DATABASE bench");
        await execa(sysbench, [scripts[load.workload], ...shape, "--threads=2", "prepare"]);
      },
      async stop() {
        await ask("SHUTDOWN");
        await running?.done;
      },
      async kill() {
        await execa("kill", ["-KILL", `${running?.pid}`]);
        await running?.done;
      },
      async checkpoint() {
        await ask("SET GLOBAL innodb_max_dirty_pages_pct = 0");
        for (;;) {
          const { stdout } = await ask("SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_pages_dirty'");
          if (Number(/(\d+)\s*$/.exec(stdout)?.[1] ?? 0) < 10) break;
          await setTimeout(100);
        }
        await ask("SET GLOBAL innodb_max_dirty_pages_pct = 90");
      },
      async run(seconds): Promise<Observed> {
        const { stdout } = await execa(sysbench, [
          scripts[load.workload],
          ...shape,
          `--threads=${load.clients}`,
          `--time=${seconds}`,
          "--events=0",
          "--histogram=on",
          "run",
        ]);
        const transactions = Number(/transactions:\s+(\d+)/.exec(stdout)?.[1] ?? 0);
        const took = Number(/total time:\s+([\d.]+)s/.exec(stdout)?.[1] ?? seconds);
        return { transactions, seconds: took, latency: histogramPercentiles(stdout) };
      },
    };
  };

export const mariadb = makeServer(mariadbDialect);
export const mysql = makeServer(mysqlDialect);
