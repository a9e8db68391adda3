/** What was read from files; SQLite itself counts nothing. */
export const counters = {
  walCommits: "wal.commits",
  walFrames: "wal.frames",
  walBytes: "wal.bytes",
  walRestarts: "wal.restarts",
  /** The time to which the counters of the log belong: in the rest of it some of a log went unseen. */
  followedSeconds: "wal.followed_seconds",
  checkpointedPages: "checkpoint.pages",
  checkpointedBytes: "checkpoint.bytes",
  comparedCommits: "compared.commits",
  rowsInserted: "compared.rows_inserted",
  rowsUpdated: "compared.rows_updated",
  rowsDeleted: "compared.rows_deleted",
  /** Header offset 24, of databases with a rollback journal: one for each transaction that wrote. */
  changes: "change_counter",
} as const;

export const gauges = {
  bytes: "database.bytes",
  freeBytes: "freelist.bytes",
  walFileBytes: "wal.file_bytes",
  /** Of the log that is longest. */
  liveFrames: "wal.live_frames",
  databases: "databases",
  inWalMode: "databases.wal",
  pageBytes: "page_size",
} as const;
