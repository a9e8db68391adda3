import { btrfs } from "../../sources/btrfs.ts";
import type { Source } from "../../sources/types.ts";
import type { Claim } from "../types.ts";

type Sources = Readonly<Record<"externalTables" | "pageCompression" | "binlog", Source>>;

/** What no setting of either server can do. */
export const innodbOwnerDuties = (sources: Sources): readonly Claim[] => [
  {
    text: "Tables with DATA DIRECTORY, and general tablespaces on other paths, are missing from every snapshot, and the server cannot recover without them. Keep them in the data directory.",
    confidence: "inferred",
    sources: [sources.externalTables, btrfs.snapshotIsOneSubvolume],
  },
  {
    text: "Do not use InnoDB page compression (COMPRESSION or PAGE_COMPRESSED) here: it punches a hole behind every page that it writes, and so tears a file on Btrfs into extents of a page or less.",
    confidence: "inferred",
    sources: [sources.pageCompression],
  },
  {
    text: "A replica must not be away for longer than binary logs are kept, or it has to be made anew.",
    confidence: "documented",
    sources: [sources.binlog],
  },
];
