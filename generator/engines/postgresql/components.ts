import { btrfs } from "../../sources/btrfs.ts";
import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import type { Component } from "../types.ts";

const pageBytes = 8192;

const data: Component = {
  id: "data",
  title: "Tables, indexes, catalogues and transaction status",
  files: ["base/", "global/", "pg_xact/", "pg_multixact/", "pg_subtrans/", "pg_commit_ts/", "pg_twophase/"],
  pattern: {
    text: "Pages of 8 KiB, rewritten in place at random and appended, in files of at most 1 GiB; a checkpoint writes them in the order of the blocks.",
    confidence: "documented",
    sources: [sources.fileLayout, sources.walConfiguration],
  },
  pageBytes,
  sync: "at a checkpoint, one fsync a file",
  placedBy: null,
  inSnapshot: {
    required: true,
    text: "The catalogues, the tables and the transaction status describe each other; one without the rest is not a database.",
    confidence: "documented",
    sources: [sources.fileBackup],
  },
  fallocate: {
    text: "From series 16 on, an extension by more than 8 blocks (COPY and other bulk inserts) goes through posix_fallocate, after which Btrfs never compresses that file; file_extend_method = write_zeros avoids it.",
    confidence: "documented",
    sources: [sources.resourceSettings, sources.release18Minor, btrfs.fallocateEndsCompression],
    since: "16",
  },
};

const log: Component = {
  id: "log",
  title: "Write-ahead log",
  files: ["pg_wal/"],
  pattern: {
    text: "Sequential appends into segments of 16 MiB that are zeroed when they are made and renamed for reuse, so that a commit overwrites blocks that exist.",
    confidence: "documented",
    sources: [sources.walInternals, sources.walSettings],
  },
  pageBytes,
  sync: "at every commit, by wal_sync_method",
  placedBy: "initdb --waldir",
  inSnapshot: {
    required: true,
    text: "Without the log written since the last checkpoint the data files of a running server cannot be brought to a consistent state.",
    confidence: "documented",
    sources: [sources.fileBackup],
  },
  fallocate: null,
};

const temp: Component = {
  id: "temp",
  title: "Temporary files of sorts and hashes",
  files: ["base/pgsql_tmp/"],
  pattern: {
    text: "Large sequential writes and reads of files that are deleted when the query ends.",
    confidence: "documented",
    sources: [sources.fileLayout, sources.resourceSettings],
  },
  pageBytes,
  sync: "never",
  placedBy: "temp_tablespaces, which needs a tablespace",
  inSnapshot: {
    required: false,
    text: "Nothing in it outlives the query that made it, but a tablespace that holds it belongs to the cluster and must exist.",
    confidence: "documented",
    sources: [sources.fileLayout, sources.tablespaces],
  },
  fallocate: null,
};

const archive: Component = {
  id: "archive",
  title: "Archived log segments",
  files: ["the backup tool's repository"],
  pattern: {
    text: "Whole segments of 16 MiB, each written once and later deleted.",
    confidence: "documented",
    sources: [sources.backupApi],
  },
  pageBytes: null,
  sync: "by the archiver, before the server may reuse the segment",
  placedBy: "archive_command or archive_library, set by the backup tool",
  inSnapshot: {
    required: false,
    text: "An archive serves to go on from a base backup; it belongs on another disk than the data that it is to replace.",
    confidence: "inferred",
    sources: [sources.backupApi],
  },
  fallocate: null,
};

export const postgresqlComponents: readonly Component[] = [data, log, temp, archive];
