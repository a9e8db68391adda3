import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { onTestFinished } from "vitest";
import { type Bench, openBench } from "../../generator/analyze/storage/testing/loop-devices.ts";
import { makePlan } from "../../generator/decide/make-plan.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import { ProblemsError } from "../../generator/problem.ts";
import { migrateDatabase } from "../../generator/render/migrate/make-view.ts";
import type { MigrateDatabase } from "../../generator/render/migrate/view.ts";
import { renderMigrateScriptSh } from "../../generator/render/templates.generated.ts";
import { parseSpec } from "../../generator/spec/parse.ts";
import { searched as path, type ServerEngine, servers } from "./servers.ts";

const databases = {
  postgresql: { engine: "postgresql", version: "15" },
  mariadb: { engine: "mariadb", version: "10.11" },
  sqlite: { engine: "sqlite", directory: "/var/lib/app", user: "nobody", group: "nogroup", units: ["app"] },
} as const;

export interface Wanted {
  readonly data: "cow" | "nocow";
  readonly log?: "in-place" | "nocow" | "own-filesystem";
}

const planned = (engine: ServerEngine, override: Wanted): MigrateDatabase => {
  const spec = {
    host: "db",
    memoryGiB: 8,
    disks: [{ device: "/dev/disk/by-id/nvme-A", kind: "nvme", sizeGiB: 100 }],
    databases: [{ name: "lab", sizeGiB: 5, workload: "oltp", override, ...databases[engine] }],
  };
  const parsed = parseSpec(JSON.stringify(spec), "spec.json");
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  const plan = makePlan(parsed.spec, builtInEvidence());
  const [database] = plan.databases;
  if (database === undefined) throw new Error("no database");
  return migrateDatabase(plan, database);
};

/** The plan's places moved to a folder of the test, its devices to loop devices. */
const moved = (database: MigrateDatabase, mountPoint: string): MigrateDatabase =>
  JSON.parse(
    JSON.stringify(database).replaceAll(`"${database.mountPoint}`, `"${mountPoint}`),
  ) as MigrateDatabase;

/** One that is planned, on a machine without it: the script, the planned devices, and a server on an old directory. */
export interface TestHost {
  readonly bench: Bench;
  readonly database: MigrateDatabase;
  readonly old: string;
  sh(line: string): Promise<string>;
  /** Runs the script, to its end or to the death that `killAt` sets: before its command of that number. */
  migrate(args: readonly string[], killAt?: number): Promise<{ code: number | undefined; all: string }>;
  systemctl(verb: "start" | "stop"): Promise<void>;
  query(sql: string): Promise<string>;
  /** What `nixos-rebuild switch` does of it: the planned mounts. */
  mountPlanned(): Promise<void>;
  /** The directory that the server is on now. */
  dataNow(): string;
}

const changing = [
  ..."cp mv rm rmdir mkdir chmod chown chattr ln btrfs mount umount sync xargs sed".split(" "),
  ..."pg_checksums sqlite3 systemctl find".split(" "),
];

/** Before each command that could change something the script may be killed, as by a lost connection or the power. */
const killer = (real: string): string => `#!/bin/bash
if [[ -n $KILL_AT ]]; then
  n=$(($(<"$KILL_COUNT") + 1))
  echo "$n" >"$KILL_COUNT"
  if [[ $n == "$KILL_AT" ]]; then kill -KILL -- "-$(ps -o pgid= $$ | tr -d ' ')"; fi
fi
exec ${real} "$@"
`;

const unitControl = (engine: ServerEngine, database: MigrateDatabase, old: string, run: string): string => {
  const { start, stop, running } = servers[engine];
  const marker = { postgresql: "PG_VERSION", mariadb: "ibdata1", sqlite: "app.db" }[engine];
  return `#!/bin/bash
export RUN='${run}' DATA='${database.dataDirectory}'
if [[ ! -e $DATA/${marker} ]]; then DATA='${old}'; fi
case $1 in
  is-active) ${running} ;;
  start) if ! { ${running}; }; then ${start}
  fi ;;
  reset-failed) ;;
  stop) if ${running}; then ${stop}
  fi ;;
  *) echo "systemctl $* is not known here" >&2; exit 1 ;;
esac
`;
};

export const makeHost = async (
  engine: ServerEngine,
  wanted: Wanted,
  options: { mebibytes?: number; oldIn?: (bench: Bench, planned: string) => Promise<string> } = {},
): Promise<TestHost> => {
  const bench = openBench();
  chmodSync(bench.folder, 0o755);
  const server = servers[engine];
  const [main = "", log = ""] = await bench.devices(2, options.mebibytes ?? 1024);
  await execa("mkfs.btrfs", ["--quiet", "--force", "--nodesize", "16384", main]);
  if (wanted.log === "own-filesystem") await execa("mkfs.xfs", ["-q", "-f", log]);
  const where = join(bench.folder, "planned");
  const base = moved(planned(engine, wanted), where);
  const database: MigrateDatabase = {
    ...base,
    devices: [main],
    logDevice: base.logDevice === "" ? "" : log,
    // On loop devices of a test mkfs and the plan agree.
    nodesize: 16384,
  };
  const run = join(bench.folder, "run");
  mkdirSync(run);
  // Servers write there as well.
  const temporary = join(bench.folder, "tmp");
  mkdirSync(temporary);
  chmodSync(temporary, 0o1777);
  const sh = async (line: string): Promise<string> =>
    (
      await execa("bash", ["-euo", "pipefail", "-c", line], {
        env: { RUN: run, DATA: dataNow(), MAIN: main, PATH: path },
        // A server that a line starts stays.
        stdio: ["ignore", "pipe", "pipe"],
      })
    ).stdout;
  const marker = { postgresql: "PG_VERSION", mariadb: "ibdata1", sqlite: "app.db" }[engine];
  const dataNow = (): string =>
    existsSync(join(database.dataDirectory, marker)) ? database.dataDirectory : old;
  let old = join(bench.folder, "old/data");
  old = options.oldIn === undefined ? await onExt4(bench) : await options.oldIn(bench, main);

  const bin = join(bench.folder, "bin");
  mkdirSync(bin);
  for (const program of changing) {
    const real =
      program === "systemctl"
        ? join(bench.folder, "systemctl")
        : (await execa("sh", ["-c", `command -v ${program} || true`], { env: { PATH: path } })).stdout;
    if (real === "") continue;
    writeFileSync(join(bin, program), killer(real), { mode: 0o755 });
  }
  // The machine's own option file names another socket.
  writeFileSync(join(bin, "mysql"), `#!/bin/sh\nexec mariadb --no-defaults --socket=${run}/socket "$@"\n`, {
    mode: 0o755,
  });
  writeFileSync(join(bench.folder, "systemctl"), unitControl(engine, database, old, run), { mode: 0o755 });
  const script = join(bench.folder, "migrate.sh");
  const journal = join(bench.folder, "journal");
  writeFileSync(script, renderMigrateScriptSh({ header: "migrate.sh", journal, databases: [database] }));
  await sh(`chown ${server.account} "$RUN"; mkdir -p ${old}; chown ${server.account}: ${old}; chmod 0700 ${old}
    DATA=${old}
    ${server.create}`);

  const systemctl = async (verb: "start" | "stop"): Promise<void> => {
    await execa("bash", [join(bench.folder, "systemctl"), verb, "x"], {
      env: { PATH: path },
      stdio: ["ignore", "ignore", { file: join(bench.folder, "systemctl.log"), append: true }],
    });
  };
  onTestFinished(async () => {
    await execa("bash", [join(bench.folder, "systemctl"), "stop", "x"], { reject: false, stdio: "ignore" });
    await execa("umount", ["-R", where], { reject: false });
    for (const each of ["top", "log", "hidden", "old"])
      await execa("umount", [`/run/dbtrfs-migrate/lab/${each}`], { reject: false });
  });
  const output = join(bench.folder, "output");
  return {
    bench,
    database,
    old,
    sh,
    systemctl,
    dataNow,
    migrate: async (args, killAt) => {
      writeFileSync(join(bench.folder, "count"), "0");
      const { exitCode } = await execa(
        "bash",
        ["-c", `exec setsid --wait bash "$@" >${output} 2>&1`, "sh", script, ...args],
        {
          reject: false,
          stdio: "ignore",
          env: {
            ...server.environment(run),
            PATH: `${bin}:${path}`,
            // What a killed run leaves goes with the test.
            TMPDIR: temporary,
            KILL_AT: killAt === undefined ? "" : String(killAt),
            KILL_COUNT: join(bench.folder, "count"),
          },
        },
      );
      return { code: exitCode, all: readFileSync(output, "utf8") };
    },
    query: async (sql) =>
      (
        await execa("bash", ["-c", server.query], {
          input: sql,
          env: { RUN: run, DATA: dataNow(), PATH: path },
        })
      ).stdout,
    mountPlanned: async () => {
      await execa("mkdir", ["-p", where]);
      await execa("mount", ["-o", `noatime,subvol=${database.subvolume}`, main, where]);
      if (database.logDevice !== "") await execa("mount", ["-o", "noatime", log, database.logMount]);
      if (engine === "mariadb") {
        const redo =
          database.redoDirectory === "" ? "" : `--innodb-log-group-home-dir=${database.redoDirectory}`;
        const binlog = database.binlog === "" ? "" : `--log-bin=${database.binlog}`;
        writeFileSync(join(run, "options"), `${redo} ${binlog}`);
      }
    },
  };
};

/** An ext4 of its own, as on a host that has never seen Btrfs. */
const onExt4 = async (bench: Bench): Promise<string> => {
  const [device = ""] = await bench.devices(1, 1024);
  await execa("mkfs.ext4", ["-q", "-F", device]);
  const mounted = await bench.mount(device, "old");
  return join(mounted, "data");
};
