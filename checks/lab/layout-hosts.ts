import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makePlan } from "../../generator/decide/make-plan.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import type { GeneratedFile } from "../../generator/output/generated-file.ts";
import { ProblemsError } from "../../generator/problem.ts";
import { renderPlan } from "../../generator/render/render.ts";
import { parseSpec } from "../../generator/spec/parse.ts";

/** Databases of the engines that the guest has, as small as a test's disk. */
const databases = {
  postgresql: { engine: "postgresql", version: "17" },
  postgresql18: { engine: "postgresql", version: "18" },
  mysql: { engine: "mysql", version: "9.7", package: "mysql84" },
  mariadb: { engine: "mariadb", version: "11.8" },
  sqlite: { engine: "sqlite", directory: "/var/lib/app/db", user: "app", units: ["app"] },
} as const;

/** Every placement that the planner weighs (generator/decide/candidates.ts), and compression on the one it suits. */
const placements = {
  cow: { data: "cow", log: "in-place" },
  "log-nocow": { data: "cow", log: "nocow" },
  "log-xfs": { data: "cow", log: "own-filesystem" },
  nocow: { data: "nocow", log: "in-place" },
  "nocow-log-xfs": { data: "nocow", log: "own-filesystem" },
  zstd: { data: "cow", log: "nocow", compression: "zstd" },
} as const;

type Engine = keyof typeof databases;
type Placement = keyof typeof placements;

const sqlitePlacements: Readonly<Record<string, object>> = {
  cow: { data: "cow" },
  nocow: { data: "nocow", acceptNoChecksums: true },
};

const overridesFor = (engine: Engine): Readonly<Record<string, object>> => {
  if (engine === "sqlite") return sqlitePlacements;
  if (engine.startsWith("postgresql")) return placements;
  const { zstd: _zstd, ...ofInnodb } = placements;
  return ofInnodb;
};

/** Names of hosts with one database in one layout, as `ENGINE:PLACEMENT`. */
export const layoutHosts: readonly string[] = (Object.keys(databases) as Engine[]).flatMap((engine) =>
  Object.keys(overridesFor(engine)).map((placement) => `${engine}:${placement}`),
);

/** The second disk, where checks/lab/guest/second-disk.nix mounts one. */
const target = "/mnt/backup/lab";

/** Where checks/scenarios/backup-host.nix receives what the host `lab` sends. */
const received = "/mnt/received/lab/lab";

/** For each method of backing up that the guest can run, a host that asks for what it does best. */
const backups = {
  "postgresql:pg_dump": { backup: { target } },
  "postgresql:pg_basebackup": { sizeGiB: 60, backup: { target } },
  "postgresql:pgbackrest": { backup: { target, pointInTime: true, recoveryPointObjective: "1min" } },
  "postgresql:pgbackrest-ssh": {
    backup: { target: `localhost:${target}`, pointInTime: true, recoveryPointObjective: "1min" },
  },
  "mariadb:mysqldump": { backup: { target } },
  "mariadb:mariadb-backup": { backup: { target, pointInTime: true, recoveryPointObjective: "1min" } },
  "mysql:btrbk-send": { backup: { target, pointInTime: true, recoveryPointObjective: "1min" } },
  "sqlite:btrbk-send": { backup: { target, recoveryPointObjective: "1h" } },
  "sqlite:btrbk-send-ssh": { backup: { target: `localhost:${target}`, recoveryPointObjective: "1h" } },
  "sqlite:btrbk-send-kept": { backup: { target: `localhost:${received}`, recoveryPointObjective: "1h" } },
  "mariadb:btrbk-send-kept": { backup: { target: `localhost:${received}`, recoveryPointObjective: "1h" } },
} as const;

/** Names of hosts whose database is backed up, as `ENGINE:METHOD`. */
export const backupHosts: readonly string[] = Object.keys(backups).filter((host) => !host.endsWith("-kept"));

/** Those whose backups dbtrfs.backupHost keeps, on the same machine here. */
export const keptHosts: readonly string[] = Object.keys(backups).filter((host) => host.endsWith("-kept"));

/** The log beside the data, so that a restore has a second directory to fill; SQLite has one. */
const wishesOf = (engine: Engine, placement: string): object =>
  backups[`${engine}:${placement}` as keyof typeof backups] === undefined
    ? { override: overridesFor(engine)[placement], clones: true }
    : {
        ...(engine === "sqlite" ? {} : { override: placements["log-nocow"] }),
        ...backups[`${engine}:${placement}` as keyof typeof backups],
      };

const specOf = (engine: Engine, placement: string): object => ({
  host: "lab",
  memoryGiB: 8,
  cpus: 2,
  disks: [{ device: "/dev/disk/by-id/nvme-LAB0001", kind: "nvme", sizeGiB: 120 }],
  databases: [
    {
      name: "lab",
      sizeGiB: 10,
      workload: "oltp",
      ...databases[engine],
      ...wishesOf(engine, placement),
    },
  ],
});

/**
 * Compiles a host of `layoutHosts` or `backupHosts` into a folder.
 * @returns that folder
 * @throws ProblemsError where the planner refuses the layout.
 */
export const writeLayoutHost = (host: string, folder: string): string => {
  const [engine, placement] = host.split(":") as [Engine, Placement];
  const parsed = parseSpec(JSON.stringify(specOf(engine, placement)), "spec.json");
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  const evidence = builtInEvidence();
  return writeFiles(renderPlan(makePlan(parsed.spec, evidence), "spec.json", evidence), folder);
};

/** All files of a plan; a fixture keeps only some of its own. What is there already is not touched: a run may read it. */
export const writeFiles = (files: readonly GeneratedFile[], folder: string): string => {
  for (const file of files) {
    const path = join(folder, file.path);
    if (existsSync(path) && readFileSync(path, "utf8") === file.text) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text);
  }
  return folder;
};
