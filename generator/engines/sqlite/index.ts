import { btrfs } from "../../sources/btrfs.ts";
import { sqliteSources as sources } from "../../sources/sqlite.ts";
import type { EngineFacts } from "../types.ts";
import { components } from "./components.ts";
import { ownerDuties } from "./owner-duties.ts";
import { series } from "./series.ts";
import { busyTimeout, cacheSize, lockingMode, tempStore } from "./settings-connection.ts";
import { journalMode, synchronous } from "./settings-durability.ts";
import { journalSizeLimit, walAutocheckpoint } from "./settings-log.ts";
import { autoVacuum, cellSizeCheck, mmapSize, pageSize } from "./settings-storage.ts";

export { persistentPragmas } from "./pragmas.ts";
export { walResetBug } from "./wal-reset.ts";

export const sqlite: EngineFacts = {
  engine: "sqlite",
  title: "SQLite",
  family: "sqlite",
  series,
  components,
  pageChecksums: {
    has: false,
    text: "SQLite's pages carry no checksum. Its checksum VFS adds one of eight bytes to each, but every program that opens the file must load it; without it only Btrfs finds a flipped bit, and only in CoW data.",
    confidence: "documented",
    sources: [sources.checksumVfs, btrfs.noCowHasNoChecksums],
  },
  snapshot: {
    text: "One snapshot of the subvolume holds the database, its journal and its log of one instant: for SQLite a crash, which the next open recovers from. Two databases in one subvolume are of the same instant too.",
    confidence: "inferred",
    sources: [sources.journalPairing, sources.walFile, btrfs.snapshotsAreNotRecursive],
  },
  splitSnapshot: {
    method: "impossible",
    text: "SQLite keeps the log and the journal beside the database, under its name; nothing places them elsewhere.",
    confidence: "documented",
    sources: [sources.walFile, sources.atomicCommit],
  },
  /** In the order in which a connection gives them: page_size before anything is written, then the journal mode. */
  settings: [
    pageSize,
    autoVacuum,
    journalMode,
    synchronous,
    walAutocheckpoint,
    journalSizeLimit,
    cacheSize,
    mmapSize,
    tempStore,
    busyTimeout,
    lockingMode,
    cellSizeCheck,
  ],
  ownerDuties,
  defaultConnections: { oltp: 8, append: 4, analytics: 4, "read-mostly": 16, queue: 8, mixed: 8 },
};
