import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import type { WorkloadClass } from "../../spec/workload.ts";
import { atLeast } from "../../version.ts";
import { inMebibytes, inWords, mebibytes, roundMebibytes } from "../sizes.ts";
import type { SettingContext, SettingRule } from "../types.ts";

const defaultWorkMiB = 4;
const defaultMaintenanceMiB = 64;
const mostMaintenanceMiB = inMebibytes(8);
const hugePagesFromGiB = 32;
/** Slots that no client of the application gets: three that the server reserves, and administration. */
const spareConnections = 10;

/** The server counts it in blocks of 8 KiB, at most 2^30 - 1 of them. */
const mostSharedBuffersMiB = inMebibytes(8 * 1024) - 1;

const sharedBuffersMiB = ({ memoryGiB }: SettingContext): number =>
  Math.min(mostSharedBuffersMiB, roundMebibytes(inMebibytes(memoryGiB) / 4));

/** Classes whose queries run more operations at once than three. */
const nestsSorts = (workload: WorkloadClass): boolean => workload === "analytics" || workload === "mixed";

/** PGTune: what shared_buffers leaves, over three operations for every connection and worker. */
const workMiB = (context: SettingContext): number => {
  const { workload, memoryGiB, connections, cpus } = context;
  const workers = cpus !== null && cpus >= 4 ? cpus : 8;
  const operation = (inMebibytes(memoryGiB) - sharedBuffersMiB(context)) / ((connections + workers) * 3);
  return roundMebibytes(nestsSorts(workload) ? operation / 2 : operation);
};

const maintenanceMiB = ({ workload, memoryGiB }: SettingContext): number =>
  Math.min(mostMaintenanceMiB, roundMebibytes(inMebibytes(memoryGiB) / (workload === "analytics" ? 8 : 16)));

/** Before series 17 a vacuum could not use more than 1 GiB. */
const autovacuumMiB = ({ version }: SettingContext): number => inMebibytes(atLeast(version, "17") ? 2 : 1);

/** Shared memory came out 2 to 3 % above shared_buffers on series 15. */
const hugePages = (context: SettingContext): number => Math.ceil((sharedBuffersMiB(context) * 1.03) / 2);

export const memorySettings: readonly SettingRule[] = [
  {
    name: "shared_buffers",
    group: "memory",
    value: (context) => mebibytes(sharedBuffersMiB(context)),
    reason: ({ memoryGiB }) =>
      `A quarter of the ${inWords(memoryGiB)} that this database has. PostgreSQL reads through the page cache, on CoW as on NOCOW, so that the rest of the memory caches too, in part the same pages; more than 40 % rarely helps.`,
    confidence: "documented",
    sources: [sources.resourceSettings, sources.pgtune],
  },
  {
    name: "work_mem",
    group: "memory",
    value: (context) => (workMiB(context) > defaultWorkMiB ? mebibytes(workMiB(context)) : undefined),
    reason: ({ connections, workload }) =>
      `What shared_buffers leaves, shared among ${nestsSorts(workload) ? "six" : "three"} sorts or hashes in each of ${connections} connections and the parallel workers (PGTune's formula). It is a limit per operation: one query may use it several times.`,
    confidence: "inferred",
    sources: [sources.resourceSettings, sources.pgtune],
  },
  {
    name: "maintenance_work_mem",
    group: "memory",
    value: (context) =>
      maintenanceMiB(context) > defaultMaintenanceMiB ? mebibytes(maintenanceMiB(context)) : undefined,
    reason: ({ workload }) =>
      `${workload === "analytics" ? "An eighth" : "A sixteenth"} of the memory, at most 8 GB, for CREATE INDEX, VACUUM and restores, few of which run at once.`,
    confidence: "inferred",
    sources: [sources.resourceSettings, sources.pgtune],
  },
  {
    name: "autovacuum_work_mem",
    group: "memory",
    value: (context) =>
      maintenanceMiB(context) > autovacuumMiB(context) ? mebibytes(autovacuumMiB(context)) : undefined,
    reason: ({ version }) =>
      atLeast(version, "17")
        ? "Three autovacuum workers would otherwise each take maintenance_work_mem."
        : "Three autovacuum workers would otherwise each take maintenance_work_mem, and before series 17 none can use more than 1 GB.",
    confidence: "documented",
    sources: [sources.resourceSettings15, sources.resourceSettings, sources.release17],
  },
  {
    name: "max_connections",
    group: "memory",
    value: ({ connections }) => connections + spareConnections,
    reason: ({ connections }) =>
      `${connections} for the application, and ${spareConnections} besides: the server keeps three of them for superusers, the others serve monitoring, backups and administration. Each connection is a process; a pooler is the better way to more clients.`,
    confidence: "documented",
    sources: [sources.connectionSettings],
  },
  {
    name: "huge_pages",
    group: "memory",
    value: ({ memoryGiB }) => (memoryGiB >= hugePagesFromGiB ? "try" : undefined),
    reason: (context) =>
      `With shared_buffers this large, huge pages save page tables and processor time, but only where the kernel has reserved them: about ${hugePages(context)} of 2 MiB in vm.nr_hugepages (postgres -C shared_memory_size_in_huge_pages gives the exact number). With try the server starts without them too.`,
    confidence: "documented",
    sources: [sources.resourceSettings, sources.kernelResources],
  },
];
