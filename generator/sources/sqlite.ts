import type { Source } from "./types.ts";

const documentation = (title: string, page: string): Source => ({
  title: `SQLite, ${title}`,
  url: `https://www.sqlite.org/${page}`,
});
const pragma = (name: string) => documentation(`PRAGMA ${name}`, `pragma.html#pragma_${name}`);

/** Where the facts of SQLite were read; a pragma's entry has the pragma's own name in camel case. */
export const sqliteSources = {
  autoVacuum: pragma("auto_vacuum"),
  busyTimeout: pragma("busy_timeout"),
  cacheSize: pragma("cache_size"),
  cellSizeCheck: pragma("cell_size_check"),
  journalMode: pragma("journal_mode"),
  journalSizeLimit: pragma("journal_size_limit"),
  lockingMode: pragma("locking_mode"),
  mmapSize: pragma("mmap_size"),
  pageSize: pragma("page_size"),
  secureDelete: pragma("secure_delete"),
  synchronous: pragma("synchronous"),
  tempStore: pragma("temp_store"),
  walAutocheckpoint: pragma("wal_autocheckpoint"),

  wal: documentation("Write-Ahead Logging", "wal.html"),
  walConcurrency: documentation("Write-Ahead Logging, Concurrency: one writer", "wal.html#concurrency"),
  walFile: documentation("Write-Ahead Logging, The WAL File", "wal.html#walfile"),
  walGrowth: documentation("Write-Ahead Logging, Avoiding Excessively Large WAL Files", "wal.html#bigwal"),
  walPersistence: documentation(
    "Write-Ahead Logging, Persistence of WAL mode",
    "wal.html#persistence_of_wal_mode",
  ),
  walResetBug: documentation("Write-Ahead Logging, The WAL-Reset Bug", "wal.html#walresetbug"),
  release3_51_3: documentation("Release 3.51.3: the WAL-reset bug fixed", "releaselog/3_51_3.html"),

  corruption: documentation("How To Corrupt An SQLite Database File", "howtocorrupt.html"),
  hotJournal: documentation("How To Corrupt, Deleting a hot journal", "howtocorrupt.html#delhotjrnl"),
  journalPairing: documentation(
    "How To Corrupt, Mispairing database files and journals",
    "howtocorrupt.html#roguejrnl",
  ),
  posixLocks: documentation(
    "How To Corrupt, POSIX locks cancelled by close()",
    "howtocorrupt.html#posix_close_bug",
  ),
  unlink: documentation("How To Corrupt, Unlinking or renaming a file in use", "howtocorrupt.html#unlink"),
  network: documentation("SQLite Over a Network", "useovernet.html"),

  atomicCommit: documentation("Atomic Commit In SQLite", "atomiccommit.html"),
  defaultWalSynchronous: documentation(
    "SQLITE_DEFAULT_WAL_SYNCHRONOUS: a build's default in WAL mode",
    "compile.html#default_wal_synchronous",
  ),
  checksumVfs: documentation("The Checksum VFS Shim", "cksumvfs.html"),
  fileFormat: documentation("Database File Format", "fileformat2.html"),
  mmap: documentation("Memory-Mapped I/O", "mmap.html"),
  temporaryFiles: documentation("Temporary Files", "tempfiles.html"),

  backup: documentation("Online Backup", "backup.html"),
  vacuum: documentation("VACUUM and VACUUM INTO", "lang_vacuum.html"),
  immediate: documentation("Transactions, BEGIN IMMEDIATE", "lang_transaction.html#immediate"),

  litestream: { title: "Litestream, Tips & Caveats", url: "https://litestream.io/tips/" },
  litestreamWalReset: {
    title: "Litestream issue 1432: the bundled SQLite has the WAL-reset bug",
    url: "https://github.com/benbjohnson/litestream/issues/1432",
  },
} as const satisfies Record<string, Source>;
