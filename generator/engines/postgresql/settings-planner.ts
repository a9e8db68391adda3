import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import { inMebibytes, inWords, mebibytes, roundMebibytes } from "../sizes.ts";
import type { SettingContext, SettingRule } from "../types.ts";

/** Half, not all: the page cache and shared_buffers hold many pages twice. */
const fitsInMemory = ({ sizeGiB, memoryGiB }: SettingContext): boolean => sizeGiB <= memoryGiB / 2;

/** The server counts it in blocks of 8 KiB, at most 2^31 - 1 of them. */
const mostCacheMiB = inMebibytes(16 * 1024) - 1;

const randomReadsAreCheap = ({ disk, workload }: SettingContext): boolean =>
  disk !== "hdd" && workload !== "analytics";

/** The module of NixOS sets `jit`, off unless services.postgresql.enableJIT: nothing to add. */
export const plannerSettings: readonly SettingRule[] = [
  {
    name: "effective_cache_size",
    group: "planner",
    value: ({ memoryGiB }) =>
      mebibytes(Math.min(mostCacheMiB, roundMebibytes((inMebibytes(memoryGiB) * 3) / 4))),
    reason: ({ memoryGiB }) =>
      `Three quarters of the ${inWords(memoryGiB)}: what shared_buffers and the page cache can hold together. It reserves nothing; it tells the planner how likely an index page is cached.`,
    confidence: "inferred",
    sources: [sources.plannerSettings, sources.pgtune],
  },
  {
    name: "random_page_cost",
    group: "planner",
    value: (context) => (fitsInMemory(context) || randomReadsAreCheap(context) ? 1.1 : undefined),
    reason: (context) =>
      fitsInMemory(context)
        ? `The data fits into memory (${inWords(context.sizeGiB)} of ${inWords(context.memoryGiB)}), where a random read costs what a sequential one does.`
        : `The default of 4 is meant for spinning disks; 1.1 is PGTune's value for ${context.disk === "nvme" ? "NVMe" : "an SSD"}.${
            context.layout.data === "cow"
              ? " On CoW data a sequential scan of updated tables is no longer sequential on disk, which narrows the gap further."
              : ""
          }`,
    confidence: "inferred",
    sources: [sources.plannerSettings, sources.pgtune],
  },
  {
    name: "default_statistics_target",
    group: "planner",
    value: ({ workload }) => (workload === "analytics" ? 500 : undefined),
    reason: () =>
      "Large joins go wrong by orders of magnitude on coarse statistics; a longer ANALYZE is a small price where queries take minutes.",
    confidence: "inferred",
    sources: [sources.plannerSettings, sources.pgtune],
  },
];
