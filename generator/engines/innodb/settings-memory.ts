import { inMebibytes, inWords } from "../sizes.ts";
import type { SettingContext, SettingRule } from "../types.ts";
import { poolMiB, poolShare } from "./buffer-pool.ts";
import { isDirect } from "./data-file-io.ts";
import type { Flavour } from "./flavour.ts";
import { between, optionSize } from "./sizes.ts";

const defaultPoolMiB = 128;
const defaultConnections = 151;
/** Sessions that the application does not get: backups, snapshots, monitoring, administration. */
const spareConnections = 10;

const powerOfTwo = (value: number): number => 2 ** Math.floor(Math.log2(value));

const temporary = { analytics: { part: 64, mostMiB: 256 }, mixed: { part: 128, mostMiB: 64 } } as const;
const defaultTemporaryMiB = 16;

/** Largest internal temporary table in memory, in MiB; undefined where the default is enough. */
const temporaryMiB = ({ workload, memoryGiB }: SettingContext): number | undefined => {
  if (workload !== "analytics" && workload !== "mixed") return undefined;
  const { part, mostMiB } = temporary[workload];
  const size = powerOfTwo(Math.min(inMebibytes(memoryGiB) / part, mostMiB));
  return size > defaultTemporaryMiB ? size : undefined;
};

/** A twentieth of the memory, shared among the connections: each join without an index takes one. */
const joinMiB = ({ workload, memoryGiB, connections }: SettingContext): number | undefined => {
  const size = powerOfTwo(between(0.25, inMebibytes(memoryGiB) / 20 / connections, 8));
  return workload === "analytics" && size >= 1 ? size : undefined;
};

const inOptions = (mebibytes: number | undefined) =>
  mebibytes === undefined ? undefined : optionSize(mebibytes);

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const memorySettings = (flavour: Flavour): readonly SettingRule[] => [
  {
    name: "innodb_buffer_pool_size",
    group: "memory",
    value: (context) =>
      poolMiB(flavour, context) > defaultPoolMiB ? optionSize(poolMiB(flavour, context)) : undefined,
    reason: (context) =>
      isDirect(flavour, context)
        ? `About ${percent(poolShare(flavour, context))} of the ${inWords(context.memoryGiB)} that this database has; InnoDB reads with O_DIRECT, so this pool is its only cache. The rest is for connections, temporary tables and the pages that Btrfs buffers while it writes.`
        : `About ${percent(poolShare(flavour, context))} of the ${inWords(context.memoryGiB)} that this database has, less than usual: with buffered files the page cache holds a second copy of what is read, and needs room beside the pool.`,
    confidence: "inferred",
    sources: [flavour.sources.memory, flavour.sources.innodbSettings],
  },
  {
    name: "max_connections",
    group: "memory",
    value: ({ connections }) =>
      connections + spareConnections === defaultConnections ? undefined : connections + spareConnections,
    reason: ({ connections }) =>
      `${connections} for the application, and ${spareConnections} besides for backups, snapshots, monitoring and administration.`,
    confidence: "inferred",
    sources: [flavour.sources.serverSettings],
  },
  ...["tmp_table_size", "max_heap_table_size"].map(
    (name): SettingRule => ({
      name,
      group: "memory",
      value: (context) => inOptions(temporaryMiB(context)),
      reason: () =>
        "Grouping and sorting of larger results stays in memory instead of going to temporary files. The smaller of tmp_table_size and max_heap_table_size counts for MEMORY tables, so both are the same.",
      confidence: "inferred",
      sources: [flavour.sources.temporaryTables, flavour.sources.serverSettings],
    }),
  ),
  {
    name: "join_buffer_size",
    group: "memory",
    value: (context) => inOptions(joinMiB(context)),
    reason: ({ connections }) =>
      `Joins of large tables without a fitting index read the inner table less often with a larger buffer. It is taken per join, so that ${connections} connections with one each stay below a twentieth of the memory.`,
    confidence: "inferred",
    sources: [flavour.sources.serverSettings],
  },
];
