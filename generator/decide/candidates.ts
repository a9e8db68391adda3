import type { LayoutChoice, Nodesize } from "./layout-choice.ts";

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
    (["none", "zstd"] as const).flatMap((compression) =>
      nodesizes.flatMap((nodesize) =>
        (["default", "open_datasync"] as const).map((logSync) => ({
          ...placement,
          compression,
          nodesize,
          logSync,
        })),
      ),
    ),
  );
};

export const isLogNocow = (layout: LayoutChoice): boolean =>
  layout.log === "nocow" || (layout.log === "in-place" && layout.data === "nocow");

/** A layout in words: "data CoW, log NOCOW in the same subvolume, zstd, nodesize 4096". */
export const describeLayout = (layout: LayoutChoice): string =>
  [
    `data ${layout.data === "cow" ? "CoW" : "NOCOW"}`,
    {
      "in-place": "log with the data",
      nocow: "log NOCOW in the same subvolume",
      "own-filesystem": "log on its own XFS",
    }[layout.log],
    layout.compression === "zstd" ? "zstd" : "no compression",
    `nodesize ${layout.nodesize}`,
    ...(layout.logSync === "default" ? [] : [`log written with ${layout.logSync}`]),
  ].join(", ");
