import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { WorkloadClass } from "../../spec/workload.ts";
import { type Ask, inSession } from "../client-session.ts";
import { pgbenchScripts } from "../loads/pgbench-scripts.ts";
import { plannedSettings } from "../planned-settings.ts";
import { type MakeServer, type Observed, observed, type Place, type Server } from "../server.ts";
import type { Volume } from "../volume.ts";
import { programs } from "./programs.ts";

const user = "postgres";
const asUser = ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--init-groups", "--"];

const settingsOf = (place: Place, version: string): Readonly<Record<string, string | number | boolean>> => ({
  ...plannedSettings("postgresql", version, place, {
    data: place.volume.dataDirectory,
    log: place.volume.logDirectory,
    binlog: null,
  }),
  ...(place.candidate.layout?.logSync === "open_datasync" ? { wal_sync_method: "open_datasync" } : {}),
  shared_buffers: `${place.cacheMiB}MB`,
  // So much log for a checkpoint that several fall into a window, in proportion to the work.
  max_wal_size: "512MB",
  min_wal_size: "512MB",
  checkpoint_timeout: "5min",
  max_connections: 100,
  listen_addresses: "''",
  unix_socket_directories: place.run,
  ...place.candidate.variation.settings,
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

const quietly = [
  "--no-psqlrc",
  "--quiet",
  "--tuples-only",
  "--no-align",
  "--set=ON_ERROR_STOP=1",
  "postgres",
];

/** As modules/snapshot/postgresql.sh: a checkpoint first, or a base backup where the log lies elsewhere. */
const takeSnapshot = async (volume: Volume, number: number, ask: Ask): Promise<void> => {
  if (volume.logMountPoint === null) {
    await ask("CHECKPOINT;");
    await volume.snapshot(number);
    return;
  }
  const [first = ""] = await ask("SELECT pg_walfile_name(pg_backup_start('bench', true));");
  const target = join(await volume.snapshot(number), "log");
  const [last = ""] = await ask("SELECT pg_walfile_name(lsn) FROM pg_backup_stop(false);");
  await copyLog(join(volume.logDirectory ?? "", "wal"), target, first, last);
};

/** The segments from first to last: of one timeline they sort by their names. */
const copyLog = async (from: string, to: string, first: string, last: string): Promise<void> => {
  const segments = readdirSync(from).filter((name) => name >= first && name <= last);
  await execa("mkdir", [to]);
  await execa("cp", ["--archive", ...segments.map((name) => join(from, name)), to]);
};

export const postgresql: MakeServer = async (place): Promise<Server> => {
  const { volume, load, group, run } = place;
  const bin = await programs.postgresql();
  const at = (name: string) => join(bin, name);
  const as = (name: string, ...args: string[]) =>
    execa("setpriv", [...asUser.slice(1), at(name), ...args], { cwd: run });
  const client = ["--host", run, "--username", user];
  const version = /(\d+(\.\d+)?)/.exec((await execa(at("postgres"), ["--version"])).stdout)?.[1] ?? "unknown";
  const options = Object.entries(settingsOf(place, version))
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
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
    settings: options.replaceAll("-c ", "").replace(/ (listen_addresses|unix_socket_directories)=\S+/g, ""),
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
        ...(place.candidate.variation.initialise ?? []),
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
    // Through the link, where the log lies elsewhere.
    discardLogs: async () =>
      void (await execa("find", ["-H", join(volume.dataDirectory, "pg_wal"), "-type", "f", "-delete"])),
    snapshot: (number) =>
      inSession([...asUser, at("psql"), ...client, ...quietly], (ask) => takeSnapshot(volume, number, ask)),
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
