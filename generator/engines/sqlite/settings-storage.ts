import { btrfs } from "../../sources/btrfs.ts";
import { sqliteSources as sources } from "../../sources/sqlite.ts";
import type { SettingContext, SettingRule } from "../types.ts";

const forCompression = (c: SettingContext) => c.layout.compression === "zstd" && c.prefer === "space";

/** Bytes of a page of a new database. */
export const pageBytes = (c: SettingContext): number => (forCompression(c) ? 16384 : 4096);

export const pageSize: SettingRule = {
  name: "page_size",
  group: "storage",
  value: pageBytes,
  reason: (c) =>
    forCompression(c)
      ? "Space comes first here: a page written alone is compressed only where that saves a whole 4 KiB block, which a page of 4 KiB never does and one of 16 KiB does from 25 % on. Commits write more bytes for it."
      : "One page of the database file is one Btrfs block, so that a changed page rewrites no neighbours; pages of 16 KiB were slower when measured, and wrote more than twice as much.",
  confidence: "documented",
  sources: [sources.pageSize, btrfs.sectorsize, btrfs.compressionSavesWholeBlocks],
};

export const mmapSize: SettingRule = {
  name: "mmap_size",
  group: "storage",
  value: () => 0,
  reason: (c) =>
    c.layout.data === "cow"
      ? "A block that fails its Btrfs checksum is then a read error that SQLite reports; in a memory map it is SIGBUS, which ends the application."
      : "A read error of the disk is then one that SQLite reports; in a memory map it is SIGBUS, which ends the application.",
  confidence: "documented",
  sources: [sources.mmap, sources.mmapSize, btrfs.checksums],
};

export const cellSizeCheck: SettingRule = {
  name: "cell_size_check",
  group: "storage",
  value: (c) => (c.layout.data === "nocow" || c.prefer === "integrity" ? "ON" : undefined),
  reason: (c) =>
    c.layout.data === "nocow"
      ? "Nothing checksums this data: SQLite at least refuses pages whose cells do not fit, before the damage spreads."
      : "Pages that a faulty program or memory damaged carry a good Btrfs checksum; SQLite refuses those whose cells do not fit, before the damage spreads.",
  confidence: "documented",
  sources: [sources.cellSizeCheck, btrfs.noCowHasNoChecksums],
};

export const autoVacuum: SettingRule = {
  name: "auto_vacuum",
  group: "storage",
  value: () => undefined,
  reason: () =>
    "Left at NONE: FULL moves pages at every commit, which on CoW are new extents that snapshots keep; VACUUM in a quiet hour gives the space back.",
  confidence: "documented",
  sources: [sources.autoVacuum, sources.vacuum, btrfs.extentsFreedAsAWhole],
};
