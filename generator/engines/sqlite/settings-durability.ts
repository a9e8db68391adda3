import { nixos } from "../../sources/nixos.ts";
import { sqliteSources as sources } from "../../sources/sqlite.ts";
import type { SettingContext, SettingRule } from "../types.ts";
import { walResetBug } from "./wal-reset.ts";

const faster =
  "With a write-ahead log a commit is one append and one fsync: measured on Btrfs 643 transactions/s, against 168 with a rollback journal, for a third of the bytes written.";

const resetBug: Readonly<Record<ReturnType<typeof walResetBug>, string>> = {
  fixed: "",
  present:
    " This version has the WAL-reset bug, a rare race of two connections that corrupts the file: move to 3.51.3, 3.50.7 or 3.44.6, and let one connection write and checkpoint until then.",
  unknown: " Use a release without the WAL-reset bug: 3.51.3, 3.50.7 or 3.44.6 and later.",
};

export const journalMode: SettingRule = {
  name: "journal_mode",
  group: "durability",
  value: () => "WAL",
  reason: (c: SettingContext) => faster + resetBug[walResetBug(c.version)],
  confidence: "measured",
  sources: [sources.journalMode, sources.wal, sources.walResetBug, nixos.sqliteOfRelease],
  evidence: ["sqlite-oltp-search-cow-4k", "sqlite-oltp-search-sqlite-delete"],
  onlySafe: {
    values: ["WAL", "DELETE", "TRUNCATE", "PERSIST"],
    invariant: 6,
    why: "with OFF or MEMORY nothing on the disk can undo a transaction that a crash cut short, and the database is then most likely corrupt",
  },
};

export const synchronous: SettingRule = {
  name: "synchronous",
  group: "durability",
  value: () => "FULL",
  reason: () =>
    "A commit that was reported is on the disk. It is stated because a build can have NORMAL as its default in WAL mode, which syncs the log only at checkpoints.",
  confidence: "documented",
  sources: [sources.synchronous, sources.wal, sources.defaultWalSynchronous],
  onlySafe: {
    values: ["FULL", "EXTRA", 2, 3],
    invariant: 6,
    why: "OFF lets the disk reorder journal and pages, so that a power failure can corrupt the database, and NORMAL takes back commits that were reported; an application that can lose them sets NORMAL itself",
  },
};
