import type { Source } from "./types.ts";

const manual = (page: string, title: string): Source => ({
  title: `MySQL 8.4 manual: ${title}`,
  url: `https://dev.mysql.com/doc/refman/8.4/en/${page}.html`,
});

/** Where the facts on MySQL were read. */
export const mysqlSources = {
  backupMethods: manual("backup-methods", "Database Backup Methods, file system snapshots"),
  binaryLog: manual("binary-log", "The Binary Log"),
  binaryLogOptions: manual("replication-options-binary-log", "Binary Logging Options and Variables"),
  createTableExternal: manual("innodb-create-table-external", "Creating Tables Externally"),
  dataDirectoryInitialization: manual("data-directory-initialization", "Initializing the Data Directory"),
  doublewriteFlush: {
    title: "MySQL source: Double_write::is_fsync_required, no flush with O_DIRECT",
    url: "https://github.com/mysql/mysql-server/blob/mysql-8.4.10/storage/innobase/buf/buf0dblwr.cc",
  },
  startOrder: {
    title: "MySQL source: srv_start, dblwr::v1::init before the recovery",
    url: "https://github.com/mysql/mysql-server/blob/mysql-8.4.10/storage/innobase/srv/srv0start.cc",
  },
  doublewrite: manual("innodb-doublewrite-buffer", "Doublewrite Buffer"),
  diskIo: manual("optimizing-innodb-diskio", "Optimizing InnoDB Disk I/O"),
  innodbSettings: manual("innodb-parameters", "InnoDB Startup Options and System Variables"),
  gtid: manual("replication-gtids-howto", "Setting Up Replication Using GTIDs"),
  ioCapacity: manual("innodb-configuring-io-capacity", "Configuring InnoDB I/O Capacity"),
  newIn84: manual("mysql-nutshell", "What Is New in MySQL 8.4, changed InnoDB defaults"),
  pageCompression: manual("innodb-page-compression", "InnoDB Page Compression"),
  recovery: manual("innodb-recovery", "InnoDB Recovery"),
  relayLog: manual("replication-solutions-unexpected-replica-halt", "Unexpected Halt of a Replica"),
  replicaOptions: manual("replication-options-replica", "Replica Server Options and Variables"),
  redoLog: manual("innodb-redo-log", "Redo Log"),
  replicaCopies: manual("replication-howto-additionalslaves", "Adding Replicas, auto.cnf"),
  semisync: manual("replication-semisync", "Semisynchronous Replication"),
  serverSettings: manual("server-system-variables", "Server System Variables"),
  systemTablespace: manual("innodb-system-tablespace", "The System Tablespace"),
  tablespaceAllocation: manual(
    "innodb-optimize-tablespace-page-allocation",
    "Optimizing Tablespace Space Allocation on Linux",
  ),
  temporaryTables: manual("internal-temporary-tables", "Internal Temporary Table Use in MySQL"),
  temporaryTablespaces: manual("innodb-temporary-tablespace", "Temporary Tablespaces"),
  undoTablespaces: manual("innodb-undo-tablespaces", "Undo Tablespaces"),
  snapshotsInDataDirectory: {
    title: "MySQL bug 95071: snapshots below the data directory are taken for tablespaces",
    url: "https://bugs.mysql.com/bug.php?id=95071",
  },
} as const satisfies Record<string, Source>;
