import type { LayoutChoice } from "./layout-choice.ts";

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
