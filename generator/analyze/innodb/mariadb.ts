import { mariadbFlavour } from "../../engines/mariadb/flavour.ts";
import { combine, known, map, type Reading, sum } from "../measure/reading.ts";
import { rate, type Span } from "../measure/span.ts";
import type { Dialect } from "./dialect.ts";
import { net } from "./own-share.ts";
import {
  metricsQuery,
  ownQuery,
  startQuery,
  statusQuery,
  tableIoQuery,
  tableStatsQuery,
  tablespacesQuery,
  transactionsQuery,
} from "./queries.ts";

/**
 * A transaction takes a number from Innodb_max_trx_id at its first change, and another at its commit where it changed
 * anything; so half of what it grew is at least the commits that wrote, and no more of them than rows can be.
 */
const commitsByNumber = (span: Span): Reading =>
  combine([rate(span, "Innodb_max_trx_id"), writtenRows(span)], (numbers = 0, rows = 0) =>
    known(Math.min(numbers / 2, rows)),
  );

const writtenRows = (span: Span): Reading =>
  sum(net(span, "Handler_write"), net(span, "Handler_update"), net(span, "Handler_delete"));

export const mariadbDialect: Dialect = {
  engine: "mariadb",
  flavour: mariadbFlavour,
  clients: ["mariadb", "mysql"],
  oldest: "10.11",
  needs: [],
  limits: [
    "SET SESSION TRANSACTION READ ONLY",
    "SET SESSION lock_wait_timeout = 1, SESSION innodb_lock_wait_timeout = 1, SESSION max_statement_time = 5",
  ],
  required: [
    startQuery("information_schema.GLOBAL_STATUS"),
    statusQuery,
    metricsQuery("ENABLED = 1"),
    // REPLICATION CLIENT, which MariaDB calls BINLOG MONITOR: the place of the binary log.
    { id: "binlog", sql: "SHOW MASTER STATUS" },
    ownQuery,
  ],
  optional: [
    tablespacesQuery("INNODB_SYS_TABLESPACES", "NAME <> 'innodb_temporary'"),
    tableStatsQuery("INNODB_SYS_TABLESTATS"),
    transactionsQuery,
    tableIoQuery,
  ],
  dataFiles:
    "SELECT NAME, FILENAME, IF(NAME LIKE 'innodb\\_undo%', 'UNDO LOG', 'TABLESPACE') FROM information_schema.INNODB_SYS_TABLESPACES WHERE NAME <> 'innodb_temporary' AND (FILENAME LIKE '/%' OR NAME LIKE 'innodb\\_undo%')",
  // Seen on 10.11.19 and 11.8.9: as many rows into a temporary table as are read from it.
  showStatusCost: () => ({}),
  counters: [
    "Binlog_bytes_written",
    "Binlog_commits",
    "Binlog_group_commits",
    "Handler_tmp_write",
    "Innodb_lsn_current",
    "Innodb_max_trx_id",
    "Innodb_num_pages_page_compressed",
    "Qcache_hits",
    "Rows_read",
  ],
  gauges: ["Innodb_checkpoint_age", "Innodb_checkpoint_max_age"],
  settings: [
    "aria_log_dir_path",
    "innodb_compression_default",
    "innodb_data_file_buffering",
    "innodb_data_file_write_through",
    "innodb_log_file_buffering",
    "innodb_log_file_size",
    "innodb_log_file_write_through",
    "innodb_undo_tablespaces",
  ],
  redo: {
    position: "Innodb_lsn_current",
    inUse: "Innodb_checkpoint_age",
    capacity: "Innodb_checkpoint_max_age",
  },
  rows: {
    read: (span) => net(span, "Rows_read"),
    inserted: (span) => net(span, "Handler_write"),
    updated: (span) => net(span, "Handler_update"),
    deleted: (span) => net(span, "Handler_delete"),
    temporary: (span) => net(span, "Handler_tmp_write"),
  },
  commitsWithoutBinlog: commitsByNumber,
  binlogSyncs: (span) => map(rate(span, "Binlog_group_commits"), (groups) => groups),
  binlogBytes: "Binlog_bytes_written",
  temporaryBytes: [],
};
