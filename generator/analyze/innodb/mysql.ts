import { mysqlFlavour } from "../../engines/mysql/flavour.ts";
import { combine, known, type Reading, unknown } from "../measure/reading.ts";
import { rate, type Span } from "../measure/span.ts";
import type { Dialect, Need } from "./dialect.ts";
import { net } from "./own-share.ts";
import {
  fileBytes,
  filesQuery,
  metricsQuery,
  ownQuery,
  startQuery,
  statusQuery,
  tableIoQuery,
  tableStatsQuery,
  tablespacesQuery,
  transactionsQuery,
} from "./queries.ts";

const temporaryFiles = ["wait/io/file/innodb/innodb_temp_file", "wait/io/file/sql/io_cache"];

/** ibdata1 is no row of INNODB_TABLESPACES. */
const systemTablespace = "system_tablespace.bytes";

/** MySQL counts writes to tables of its own apart from users' rows, and those to temporary tables with them. */
const temporaryRows = (span: Span): Reading =>
  combine([net(span, "Handler_write"), rate(span, "Innodb_rows_inserted")], (written = 0, inserted = 0) =>
    known(Math.max(0, written - inserted)),
  );

const manual = "https://dev.mysql.com/doc";

/**
 * The newest of what is asked for. All of it is older than 8.4, so that 8.4 and 9.7 are asked alike; only 9.7 was run.
 * The lists of what 9.0 and 9.7 added and removed (mysqld-version-reference, optvar-changes-9-0 and 9-7) name none of it
 * but a way to log in: 9.0 took mysql_native_password out. Those in between were read in part.
 */
const needs: readonly Need[] = [
  {
    what: "SHOW BINARY LOG STATUS",
    since: "8.2.0",
    url: `${manual}/refman/8.4/en/show-binary-log-status.html`,
  },
  {
    what: "Innodb_redo_log_current_lsn and Innodb_redo_log_logical_size",
    since: "8.0.30",
    url: `${manual}/refman/8.0/en/added-deprecated-removed.html`,
  },
];

export const mysqlDialect: Dialect = {
  engine: "mysql",
  flavour: mysqlFlavour,
  clients: ["mysql", "mariadb"],
  oldest: "8.4",
  needs,
  limits: [
    "SET SESSION TRANSACTION READ ONLY",
    "SET SESSION lock_wait_timeout = 1, SESSION innodb_lock_wait_timeout = 1, SESSION max_execution_time = 5000",
  ],
  required: [
    startQuery("performance_schema.global_status"),
    statusQuery,
    metricsQuery("STATUS = 'enabled'"),
    // REPLICATION CLIENT: the place of the binary log. SHOW MASTER STATUS ended with 8.4.
    { id: "binlog", sql: "SHOW BINARY LOG STATUS" },
    ownQuery,
  ],
  optional: [
    tablespacesQuery("INNODB_TABLESPACES", "NAME <> 'innodb_temporary'"),
    {
      id: "system-tablespace",
      brings: [systemTablespace],
      ifEmpty: "the server did not name it",
      sql: `SELECT '${systemTablespace}', SUM(TOTAL_EXTENTS * EXTENT_SIZE) FROM information_schema.FILES WHERE TABLESPACE_NAME = 'innodb_system'`,
    },
    tableStatsQuery("INNODB_TABLESTATS"),
    transactionsQuery,
    tableIoQuery,
    filesQuery(temporaryFiles),
  ],
  dataFiles:
    "SELECT TABLESPACE_NAME, FILE_NAME, FILE_TYPE FROM information_schema.FILES WHERE FILE_TYPE <> 'TEMPORARY' AND (FILE_NAME LIKE '/%' OR FILE_TYPE = 'UNDO LOG')",
  // Seen on 9.7.4: its rows are read from performance_schema, put into a temporary table, and read from there.
  showStatusCost: (rows) => ({ Handler_read_rnd_next: 2 * (rows + 1), Handler_write: rows }),
  counters: [
    "Innodb_os_log_fsyncs",
    "Innodb_redo_log_current_lsn",
    "Innodb_rows_deleted",
    "Innodb_rows_inserted",
    "Innodb_rows_read",
    "Innodb_rows_updated",
  ],
  gauges: ["Innodb_redo_log_capacity_resized", "Innodb_redo_log_logical_size"],
  settings: [
    "innodb_directories",
    "innodb_doublewrite_dir",
    "innodb_extend_and_initialize",
    "innodb_log_checksums",
    "innodb_redo_log_capacity",
    "innodb_temp_tablespaces_dir",
    "innodb_use_fdatasync",
    // A status, and says what a setting would: whether the redo log is written at all.
    "Innodb_redo_log_enabled",
    "temptable_max_ram",
  ],
  redo: {
    position: "Innodb_redo_log_current_lsn",
    inUse: "Innodb_redo_log_logical_size",
    capacity: "Innodb_redo_log_capacity_resized",
  },
  rows: {
    read: (span) => rate(span, "Innodb_rows_read"),
    inserted: (span) => rate(span, "Innodb_rows_inserted"),
    updated: (span) => rate(span, "Innodb_rows_updated"),
    deleted: (span) => rate(span, "Innodb_rows_deleted"),
    temporary: temporaryRows,
  },
  commitsWithoutBinlog: () =>
    unknown(
      "without a binary log MySQL counts commits that wrote only where INNODB_METRICS has trx_commits_insert_update enabled",
    ),
  binlogSyncs: () => unknown("MySQL does not count how often it flushes the binary log"),
  binlogBytes: "binlog.bytes",
  temporaryBytes: temporaryFiles.map(fileBytes),
};
