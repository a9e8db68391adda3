import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import type { SettingContext, SettingRule } from "../types.ts";

/** PGTune leaves hosts with fewer cores at the defaults. */
const fewestCores = 4;
const manyForOneQuery = 4;
/** The server's own bound on every setting that counts parallel workers (MAX_PARALLEL_WORKER_LIMIT). */
const mostWorkers = 1024;
const engineDefault = { workers: 8, perGather: 2, maintenance: 2 } as const;

const unless = (usual: number, value: number): number | undefined => (value === usual ? undefined : value);

/** A setting by the number of cores; undefined where that is unknown or small. */
const byCores =
  (usual: number, value: (cpus: number, context: SettingContext) => number) =>
  (context: SettingContext): number | undefined =>
    context.cpus === null || context.cpus < fewestCores
      ? undefined
      : unless(usual, value(context.cpus, context));

const halfOfCores = (cpus: number): number => Math.min(manyForOneQuery, Math.ceil(cpus / 2));

export const parallelismSettings: readonly SettingRule[] = [
  {
    name: "max_worker_processes",
    group: "parallelism",
    value: byCores(engineDefault.workers, (cpus) => Math.max(cpus, engineDefault.workers)),
    reason: ({ cpus }) =>
      `One for each of the ${cpus} cores: parallel workers come out of this pool, and so do those of logical replication and of extensions.`,
    confidence: "inferred",
    sources: [sources.resourceSettings, sources.pgtune],
  },
  {
    name: "max_parallel_workers",
    group: "parallelism",
    value: byCores(engineDefault.workers, (cpus) => Math.min(mostWorkers, cpus)),
    reason: ({ cpus }) => `All parallel queries together can keep ${cpus} cores busy, and not more.`,
    confidence: "inferred",
    sources: [sources.resourceSettings, sources.pgtune],
  },
  {
    name: "max_parallel_workers_per_gather",
    group: "parallelism",
    value: byCores(engineDefault.perGather, (cpus, { workload }) =>
      workload === "analytics" ? Math.min(mostWorkers, Math.ceil(cpus / 2)) : halfOfCores(cpus),
    ),
    reason: ({ workload }) =>
      workload === "analytics"
        ? "Half the cores for one query: few large scans run at once. Each worker may use work_mem again."
        : "Half the cores for one query, at most four: beyond that each further worker brings little, and other sessions wait.",
    confidence: "inferred",
    sources: [sources.resourceSettings, sources.pgtune],
  },
  {
    name: "max_parallel_maintenance_workers",
    group: "parallelism",
    value: byCores(engineDefault.maintenance, halfOfCores),
    reason: () =>
      "Half the cores, at most four, for CREATE INDEX and VACUUM; they share one maintenance_work_mem.",
    confidence: "inferred",
    sources: [sources.resourceSettings, sources.pgtune],
  },
];
