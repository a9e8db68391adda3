import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import type { WorkloadClass } from "../../spec/workload.ts";
import { inSession } from "../client-session.ts";
import { snapshotBehindFence } from "../fence.ts";
import { histogramPercentiles } from "../loads/sysbench-histogram.ts";
import { plannedSettings } from "../planned-settings.ts";
import type { MakeServer, Observed, Place, Server } from "../server.ts";
import { type Dialect, mariadbDialect, mysqlDialect } from "./innodb-dialects.ts";
import { find } from "./programs.ts";
import { launch, type Running, ServerEnded } from "./server-process.ts";

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

const variedIn = (settings: Readonly<Record<string, string | number>>, logDirectory: string | null) =>
  Object.fromEntries(
    Object.entries(settings).map(([k, v]) => [k, `${v}`.replace(/^LOG/, logDirectory ?? "")]),
  );

const settingsOf = (place: Place, dialect: Dialect, version: string) => {
  const { candidate, cacheMiB, volume, run } = place;
  const directories = {
    data: volume.dataDirectory,
    log: volume.logDirectory,
    binlog: dialect.writesBinlog ? volume.binlogDirectory : null,
  };
  return {
    ...plannedSettings(dialect.engine, version, place, directories),
    ...dialect.settings,
    innodb_buffer_pool_size: `${cacheMiB}M`,
    ...(volume.logDirectory === null ? {} : { innodb_log_group_home_dir: volume.logDirectory }),
    socket: join(run, "socket"),
    pid_file: join(run, "pid"),
    max_connections: 100,
    ...variedIn(candidate.variation.settings ?? {}, volume.logDirectory),
  };
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
    const options = Object.entries(settingsOf(place, dialect, version)).map(([k, v]) => `--${k}=${v}`);
    const basics = ["--no-defaults", `--datadir=${volume.dataDirectory}`];
    const socket = join(run, "socket");
    // Both add .err to a name without an extension.
    const log = join(run, "log.err");
    const asRoot = ["--no-defaults", `--socket=${socket}`, "--user=root"];
    const ask = (statement: string) => execa(client, [...asRoot, "--batch", "--execute", statement]);
    let running: Running | undefined;

    const answers = async (): Promise<void> => {
      for (;;) {
        if (running?.ended) throw new ServerEnded(dialect.server, log);
        const answer = await execa(client, [...asRoot, "--execute", "SELECT 1"], { reject: false });
        if (!answer.failed) return;
        await setTimeout(50);
      }
    };
    const start = async () => {
      const command = [...asUser, program, ...basics, ...options, "--skip-networking", `--log-error=${log}`];
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
      settings: options
        .filter((option) => !/socket|pid_file/.test(option))
        .join(" ")
        .replaceAll(`${run}/mounts/`, ""),
      start,
      async create() {
        const [first = "", ...rest] = await dialect.initialise([
          ...basics,
          ...options.filter((o) => /innodb_log_group|mysqlx|secure_file_priv/.test(o)),
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
      async discardLogs() {
        const where = [volume.dataDirectory, volume.logDirectory, volume.binlogDirectory].filter(
          (d) => d !== null,
        );
        const names = ["ib_logfile*", "#ib_redo*", "binlog.*"].flatMap((name, i) =>
          i === 0 ? ["-name", name] : ["-o", "-name", name],
        );
        await execa("find", [...where, "-type", "f", "(", ...names, ")", "-delete"]);
      },
      async snapshot(number) {
        const command = [client, ...asRoot, "--batch", "--skip-column-names", "--unbuffered"];
        await inSession(command, async (ask) => {
          await ask(dialect.lock);
          if (volume.logMountPoint === null) await volume.snapshot(number);
          else await snapshotBehindFence(volume, volume.logDirectory ?? "", number);
          await ask(dialect.unlock);
        });
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
