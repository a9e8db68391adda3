import { compressions, type LayoutChoice, logSyncs, type Nodesize } from "../layout/layout-choice.ts";

/** Node sizes that the planner weighs; others only by override. */
export const weighedNodesizes: readonly Nodesize[] = [4096, 16384];

/**
 * Every layout worth a thought. With NOCOW data the log in place is NOCOW too, so a NOCOW directory for the
 * log alone makes sense only beside CoW data.
 */
export const candidateLayouts = (nodesizes: readonly Nodesize[]): LayoutChoice[] => {
  const placements = [
    { data: "cow", log: "in-place" },
    { data: "cow", log: "nocow" },
    { data: "cow", log: "own-filesystem" },
    { data: "nocow", log: "in-place" },
    { data: "nocow", log: "own-filesystem" },
  ] as const;
  return placements.flatMap((placement) =>
    compressions.flatMap((compression) =>
      nodesizes.flatMap((nodesize) =>
        logSyncs.map((logSync) => ({
          ...placement,
          compression,
          nodesize,
          logSync,
        })),
      ),
    ),
  );
};
