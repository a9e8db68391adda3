import type { Source } from "./types.ts";

const manual = (page: string, title: string): Source => ({
  title: `MariaDB documentation: ${title}`,
  url: `https://mariadb.com/docs/server/${page}`,
});

const innodb = (page: string, title: string) => manual(`server-usage/storage-engines/innodb/${page}`, title);

const issue = (key: string, title: string): Source => ({
  title: `${key}: ${title}`,
  url: `https://jira.mariadb.org/browse/${key}`,
});

/** Where the facts on MariaDB were read. */
export const mariadbSources = {
  aria: manual("server-usage/storage-engines/aria/aria-storage-engine", "Aria Storage Engine"),
  ariaSettings: manual("server-usage/storage-engines/aria/aria-system-variables", "Aria System Variables"),
  backupStage: manual(
    "reference/sql-statements/administrative-sql-statements/backup-commands/storage-snapshots-and-backup-stage-commands",
    "Storage Snapshots and BACKUP STAGE Commands",
  ),
  binaryLogActivation: manual(
    "server-management/server-monitoring-logs/binary-log/activating-the-binary-log",
    "Activating the Binary Log",
  ),
  binaryLogSettings: manual(
    "ha-and-performance/standard-replication/replication-and-binary-log-system-variables",
    "Replication and Binary Log System Variables",
  ),
  doublewrite: innodb("innodb-doublewrite-buffer", "InnoDB Doublewrite Buffer"),
  flushMethod: innodb("innodb-flush-method", "InnoDB Flush Method"),
  gtid: manual("ha-and-performance/standard-replication/gtid", "Global Transaction ID"),
  groupCommit: innodb(
    "binary-log-group-commit-and-innodb-flushing-performance",
    "Binary Log Group Commit and InnoDB Flushing Performance",
  ),
  innodbSettings: innodb("innodb-system-variables", "InnoDB System Variables"),
  memoryAllocation: manual("ha-and-performance/mariadb-memory-allocation", "MariaDB Memory Allocation"),
  pageCompression: innodb("innodb-page-compression", "InnoDB Page Compression"),
  pageFlushing: innodb("innodb-page-flushing", "InnoDB Page Flushing"),
  redoLog: innodb("innodb-redo-log", "InnoDB Redo Log"),
  semisync: manual(
    "ha-and-performance/standard-replication/semisynchronous-replication",
    "Semisynchronous Replication",
  ),
  serverSettings: manual(
    "ha-and-performance/optimization-and-tuning/system-variables/server-system-variables",
    "Server System Variables",
  ),
  systemTablespaces: innodb("innodb-tablespaces/innodb-system-tablespaces", "InnoDB System Tablespaces"),
  temporaryTablespaces: innodb(
    "innodb-tablespaces/innodb-temporary-tablespaces",
    "InnoDB Temporary Tablespaces",
  ),
  undoLog: innodb("innodb-undo-log", "InnoDB Undo Log"),
  fallocateAlways: issue("MDEV-32268", "data files are extended by fallocate"),
  logReadsBeforeWrites: issue("MDEV-33894", "unexpected reads of the redo log before writes"),
} as const satisfies Record<string, Source>;
