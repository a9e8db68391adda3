import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { WorkloadClass } from "../../spec/workload.ts";
import { pgbenchScripts } from "../loads/pgbench-scripts.ts";
import { type MakeServer, type Observed, observed, type Place, type Server } from "../server.ts";
import { programs } from "./programs.ts";

const user = "postgres";
const asUser = ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", "--"];

/** Beside what the candidate changes; a checkpoint a minute, so that several fall into a window. */
const settingsOf = ({ candidate, cacheMiB, run }: Place): Readonly<Record<string, string | number>> => ({
  shared_buffers: `${cacheMiB}MB`,
  checkpoint_timeout: "60s",
  max_wal_size: "2GB",
  min_wal_size: "1GB",
  wal_compression: "lz4",
  max_connections: 100,
  listen_addresses: "''",
  unix_socket_directories: run,
  autovacuum: "on",
  ...(candidate.layout?.logSync === "open_datasync" ? { wal_sync_method: "open_datasync" } : {}),
  ...candidate.variation,
});

/** The lines of pgbench --log: client, number, microseconds, script … (pgbench(1), per-transaction logging). */
const latenciesIn = (folder: string): number[] => {
  const files = readdirSync(folder).filter((name) => name.startsWith("pgbench_log"));
  const lines = files.flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"));
  for (const name of files) rmSync(join(folder, name));
  return lines.filter((line) => line !== "").map((line) => Number(line.split(" ")[2]) / 1000);
};

const scriptOf = (workload: WorkloadClass, run: string): string[] => {
  const script = pgbenchScripts[workload];
  return script.builtin ? ["--builtin", script.builtin] : ["--file", script.write(run)];
};

export const postgresql: MakeServer = async (place): Promise<Server> => {
  const { volume, load, group, run } = place;
  const bin = await programs.postgresql();
  const at = (name: string) => join(bin, name);
  const as = (name: string, ...args: string[]) =>
    execa("setpriv", [...asUser.slice(1), at(name), ...args], { cwd: run });
  const client = ["--host", run, "--username", user];
  const options = Object.entries(settingsOf(place))
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
  const version = /(\d+(\.\d+)?)/.exec((await execa(at("postgres"), ["--version"])).stdout)?.[1] ?? "unknown";
  const control = (...args: string[]) => as("pg_ctl", "--pgdata", volume.dataDirectory, "--silent", ...args);

  const start = async () => {
    const command = [...asUser, at("pg_ctl"), "--pgdata", volume.dataDirectory, "--silent", "--wait"];
    const [program = "", ...args] = group.wrap([
      ...command,
      "--log",
      join(run, "log"),
      "--options",
      options,
      "start",
    ]);
    await execa(program, args, { cwd: run, stdio: "ignore" });
  };
  const sql = (...statements: string[]) =>
    as(
      "psql",
      ...client,
      "--no-psqlrc",
      "--quiet",
      ...statements.flatMap((text) => ["--command", text]),
      "postgres",
    );

  return {
    engine: "postgresql",
    version,
    user,
    settings: options.replaceAll("-c ", "").replace(/listen_addresses=\S+ unix_socket_directories=\S+ /, ""),
    start,
    async create() {
      const log = volume.logDirectory === null ? [] : ["--waldir", join(volume.logDirectory, "wal")];
      await as(
        "initdb",
        "--pgdata",
        volume.dataDirectory,
        "--data-checksums",
        "--no-sync",
        "--auth=trust",
        ...log,
      );
      await start();
      await as("pgbench", ...client, "--initialize", "--quiet", "--scale", `${load.scale}`, "postgres");
      const { setUp } = pgbenchScripts[load.workload];
      if (setUp.length > 0) await sql(...setUp);
    },
    stop: async () => void (await control("--mode=fast", "stop")),
    kill: async () => {
      const [postmaster = ""] = readFileSync(join(volume.dataDirectory, "postmaster.pid"), "utf8").split(
        "\n",
      );
      const children = await execa("pgrep", ["--parent", postmaster], { reject: false });
      await execa("kill", ["-KILL", postmaster, ...children.stdout.split("\n").filter(Boolean)], {
        reject: false,
      });
      // What it left behind names it, and keeps the next one from starting while a child still ends.
      await execa("sh", ["-c", `while kill -0 ${postmaster} 2>/dev/null; do sleep 0.05; done`]);
    },
    checkpoint: async () => void (await sql("CHECKPOINT")),
    async run(seconds): Promise<Observed> {
      const { clients, seed } = load;
      const shape = ["--client", `${clients}`, "--jobs", `${Math.min(clients, 2)}`, "--time", `${seconds}`];
      const began = performance.now();
      await as(
        "pgbench",
        ...client,
        "--no-vacuum",
        "--log",
        "--random-seed",
        `${seed}`,
        ...shape,
        ...scriptOf(load.workload, run),
        "postgres",
      );
      return observed(latenciesIn(run), (performance.now() - began) / 1000);
    },
  };
};
