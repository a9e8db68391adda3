import type { Query } from "./client.ts";
import type { OptionalQuery } from "./dialect.ts";

/** Tables that a capture names at most by each measure, so that it stays small on servers with many. */
export const mostRelations = 200;

/**
 * When the server started and when its status was last flushed, in seconds of Unix time: Uptime is counted from the
 * statement's own time, so the difference does not move while the server runs.
 */
export const startQuery = (statusTable: string): Query => ({
  id: "start",
  sql: `SELECT VARIABLE_NAME, FLOOR(UNIX_TIMESTAMP() - VARIABLE_VALUE) FROM ${statusTable} WHERE VARIABLE_NAME IN ('Uptime', 'Uptime_since_flush_status')`,
});

export const statusQuery: Query = { id: "status", sql: "SHOW GLOBAL STATUS" };

/** The last statement of a connection: what the connection itself caused. */
export const ownQuery: Query = { id: "own", sql: "SHOW SESSION STATUS" };

export const metricNames = [
  "log_checkpoints",
  "trx_commits_insert_update",
  "trx_nl_ro_commits",
  "trx_ro_commits",
  "trx_rw_commits",
] as const;

/** Those that somebody enabled (innodb_monitor_enable); the others count nothing. Needs PROCESS. */
export const metricsQuery = (enabled: string): Query => ({
  id: "metrics",
  sql: `SELECT NAME, COUNT FROM information_schema.INNODB_METRICS WHERE ${enabled} AND NAME IN (${metricNames.map((name) => `'${name}'`).join(", ")})`,
});

const notCounted = "performance_schema is off, or its instrument is";

const counted = (instrument: string): string =>
  `EXISTS (SELECT 1 FROM performance_schema.setup_instruments WHERE NAME = '${instrument}' AND ENABLED = 'YES')` +
  " AND EXISTS (SELECT 1 FROM performance_schema.setup_consumers WHERE NAME = 'global_instrumentation' AND ENABLED = 'YES')";

export const transactionCount = "events_transactions_summary_global.COUNT_STAR";

/** Every transaction that ended, those of one statement too. MariaDB leaves the instrument off. */
export const transactionsQuery: OptionalQuery = {
  id: "transactions",
  brings: [transactionCount],
  ifEmpty: notCounted,
  sql: `SELECT '${transactionCount}', COUNT_STAR FROM performance_schema.events_transactions_summary_global_by_event_name WHERE EVENT_NAME = 'transaction' AND ${counted("transaction")}`,
};

export const tableIo = { reads: "COUNT_READ", writes: "COUNT_WRITE" } as const;

/** Rows read and written of each table. */
export const tableIoQuery: OptionalQuery = {
  id: "table-io",
  brings: Object.values(tableIo),
  ifEmpty: notCounted,
  sql: `SELECT OBJECT_SCHEMA, OBJECT_NAME, COUNT_READ, COUNT_WRITE FROM performance_schema.table_io_waits_summary_by_table WHERE OBJECT_TYPE = 'TABLE' AND COUNT_STAR > 0 AND OBJECT_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema') AND ${counted("wait/io/table/sql/handler")} ORDER BY COUNT_STAR DESC LIMIT ${mostRelations}`,
};

export const fileBytes = (event: string): string => `${event}.SUM_NUMBER_OF_BYTES_WRITE`;

export const filesQuery = (events: readonly string[]): OptionalQuery => ({
  id: "files",
  brings: events.map(fileBytes),
  ifEmpty: notCounted,
  sql: `SELECT CONCAT(EVENT_NAME, '.SUM_NUMBER_OF_BYTES_WRITE'), SUM_NUMBER_OF_BYTES_WRITE FROM performance_schema.file_summary_by_event_name WHERE EVENT_NAME IN (${events.map((event) => `'${event}'`).join(", ")}) AND ${counted(events[0] ?? "")}`,
});

export const sizeNames = {
  bytes: "tablespaces.FILE_SIZE",
  allocated: "tablespaces.ALLOCATED_SIZE",
} as const;

/** Largest first: name, bytes, allocated bytes, and the two sums over all. Needs PROCESS. */
export const tablespacesQuery = (table: string, where: string): OptionalQuery => ({
  id: "tablespaces",
  brings: Object.values(sizeNames),
  ifEmpty: "the server named no tablespace",
  sql: `SELECT NAME, FILE_SIZE, ALLOCATED_SIZE, SUM(FILE_SIZE) OVER (), SUM(ALLOCATED_SIZE) OVER () FROM information_schema.${table} WHERE ${where} ORDER BY FILE_SIZE DESC LIMIT ${mostRelations}`,
});

export const modifiedCounter = "MODIFIED_COUNTER";

/** Rows changed since InnoDB last made its statistics of the table. Needs PROCESS. */
export const tableStatsQuery = (table: string): OptionalQuery => ({
  id: "table-stats",
  brings: [modifiedCounter],
  ifEmpty: "InnoDB keeps statistics of no table in memory yet",
  sql: `SELECT NAME, MODIFIED_COUNTER FROM information_schema.${table} WHERE NAME LIKE '%/%' AND NAME NOT LIKE 'mysql/%' AND NAME NOT LIKE 'sys/%' AND STATS_INITIALIZED NOT IN ('0', 'Uninitialized') ORDER BY MODIFIED_COUNTER DESC LIMIT ${mostRelations}`,
});
