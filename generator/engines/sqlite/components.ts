import { btrfs } from "../../sources/btrfs.ts";
import { sqliteSources as sources } from "../../sources/sqlite.ts";
import type { Claim, Component } from "../types.ts";

const documented = (text: string, ...from: Claim["sources"]): Claim => ({
  text,
  confidence: "documented",
  sources: from,
});

const inOneSnapshot = (text: string, ...from: Claim["sources"]) => ({
  ...documented(text, ...from),
  required: true,
});
const notInSnapshot = (text: string, ...from: Claim["sources"]) => ({
  ...documented(text, ...from),
  required: false,
});

/**
 * All files but the temporary ones lie beside the database under its name, so no setting separates them and one
 * subvolume holds them. SQLite calls fallocate only for an application that sets SQLITE_FCNTL_CHUNK_SIZE.
 */
export const components: readonly Component[] = [
  {
    id: "data",
    title: "Database file",
    files: ["*.db"],
    pattern: documented(
      "Pages are read in any order and rewritten in place: at each commit with a rollback journal, at each checkpoint with a write-ahead log, then in ascending order.",
      sources.wal,
      sources.atomicCommit,
    ),
    pageBytes: 4096,
    sync: "fsync at each commit with a rollback journal, at each checkpoint with a write-ahead log",
    placedBy: null,
    inSnapshot: inOneSnapshot("It is the database.", sources.fileFormat),
    fallocate: null,
  },
  {
    id: "log",
    title: "Write-ahead log",
    files: ["*.db-wal"],
    pattern: documented(
      "A commit appends the changed pages; after a checkpoint that no reader holds up the file is overwritten from its start. It is not truncated unless journal_size_limit says so.",
      sources.wal,
      sources.walGrowth,
    ),
    pageBytes: 4096,
    sync: "fsync at each commit with synchronous=FULL, only at checkpoints with NORMAL",
    placedBy: null,
    inSnapshot: inOneSnapshot(
      "It holds commits that the database file does not have yet; a database without its log loses them or is corrupt.",
      sources.walFile,
    ),
    fallocate: null,
  },
  {
    id: "journal",
    title: "Rollback journal",
    files: ["*.db-journal"],
    pattern: documented(
      "Outside WAL mode each transaction creates it, appends the old content of the pages that it changes and deletes, truncates or blanks it to commit.",
      sources.journalMode,
      sources.atomicCommit,
    ),
    pageBytes: 4096,
    sync: "fsync before the database file is touched, at each commit",
    placedBy: null,
    inSnapshot: inOneSnapshot(
      "A journal of an unfinished transaction is what undoes it; without it the database is corrupt.",
      sources.hotJournal,
      sources.journalPairing,
    ),
    fallocate: null,
  },
  {
    id: "shared-memory",
    title: "Index of the write-ahead log",
    files: ["*.db-shm"],
    pattern: documented(
      "Mapped by all connections of the host, rarely above 32 KiB, and built anew from the log when it is missing.",
      sources.wal,
    ),
    pageBytes: null,
    sync: "never",
    placedBy: null,
    inSnapshot: notInSnapshot("It is rebuilt from the log.", sources.wal),
    fallocate: null,
  },
  {
    id: "temp",
    title: "Temporary files",
    files: ["etilqs_*"],
    pattern: documented(
      "Sorts, transient indices, statement journals and VACUUM spill to files that are deleted while they are open.",
      sources.temporaryFiles,
    ),
    pageBytes: null,
    sync: "never",
    placedBy: "SQLITE_TMPDIR, then TMPDIR, in the application's environment",
    inSnapshot: notInSnapshot(
      "They end with their connection.",
      sources.temporaryFiles,
      btrfs.snapshotsAreNotRecursive,
    ),
    fallocate: null,
  },
];
