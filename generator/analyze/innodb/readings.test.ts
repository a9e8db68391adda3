import { describe, expect, it } from "vitest";
import type { Dialect } from "./dialect.ts";
import { captureOf, measuredIn, type Situation, windowSeconds } from "./testing/captures.ts";

const measured = (engine: Dialect["engine"], situation: Situation) =>
  measuredIn(engine, captureOf(engine, situation));

/** What 300 transactions of sysbench oltp_read_write were seen to do, MariaDB 10.11.19 and MySQL 9.7.4. */
const readWrite = {
  mariadb: {
    Com_begin: 300,
    Com_commit: 300,
    Com_select: 4201,
    "own.Com_select": 1,
    Com_insert: 300,
    Com_update: 600,
    Com_delete: 300,
    Handler_read_key: 5132,
    Handler_read_next: 120_000,
    Handler_read_rnd: 30_000,
    Handler_read_rnd_next: 31_059,
    "own.Handler_read_rnd_next": 759,
    Handler_tmp_write: 30_757,
    "own.Handler_tmp_write": 757,
    Handler_write: 300,
    Handler_update: 600,
    Handler_delete: 300,
    Rows_read: 125_100,
    Innodb_max_trx_id: 600,
    Innodb_lsn_current: 1_038_416,
    Innodb_data_fsyncs: 308,
  },
  mysql: {
    Com_begin: 300,
    Com_commit: 300,
    Com_select: 4207,
    "own.Com_select": 7,
    Com_insert: 300,
    Com_update: 600,
    Com_delete: 300,
    Binlog_cache_use: 300,
    Handler_read_key: 5100,
    Handler_read_next: 120_000,
    Handler_read_rnd_next: 31_549,
    "own.Handler_read_rnd_next": 1249,
    Handler_write: 31_053,
    "own.Handler_write": 753,
    Innodb_rows_inserted: 300,
    Innodb_rows_updated: 600,
    Innodb_rows_deleted: 300,
    Innodb_rows_read: 123_900,
    Innodb_redo_log_current_lsn: 2_536_112,
    Innodb_data_fsyncs: 303,
    Innodb_os_log_fsyncs: 298,
  },
} as const;

describe.each(["mariadb", "mysql"] as const)("%s", (engine) => {
  const { measured: values, unknown } = measured(engine, { grown: readWrite[engine] });

  it("counts transactions, commits and rows as the load made them", () => {
    expect(values.transactionsPerSecond).toBe(30);
    expect(values.commitsPerSecond).toBe(30);
    expect([values.rowsInsertedPerSecond, values.rowsUpdatedPerSecond, values.rowsDeletedPerSecond]).toEqual([
      30, 60, 30,
    ]);
    expect(values.updateShare).toBe(0.75);
    expect(values.writeShare).toBeCloseTo(1200 / 5400);
  });

  it("does not take the rows of temporary tables for scans", () =>
    expect(values.scanShare).toBeLessThan(0.005));

  it("says what it cannot know, and why", () => {
    expect(values.hotUpdateShare).toBeNull();
    expect(unknown.fullPageImageShare).toContain("doublewrite");
    expect(unknown.workingSetGiB).toBe("InnoDB does not count which pages are touched");
  });

  it("reads nothing of a server at rest", () => {
    const idle = measured(engine, { grown: {} });
    expect(idle.measured).toMatchObject({ transactionsPerSecond: 0, commitsPerSecond: 0, writeShare: null });
    expect(idle.unknown.writeShare).toBe("no statement read or wrote in the window");
  });
});

describe("transactions", () => {
  it("are statements where nobody ended one", () =>
    expect(measured("mariadb", { grown: { Com_select: 500 } }).measured.transactionsPerSecond).toBe(50));

  it("are not told apart where some statements ran by themselves", () => {
    const { unknown } = measured("mariadb", {
      grown: { Com_commit: 100, Com_insert: 900, Handler_write: 900, Innodb_max_trx_id: 1800 },
    });
    expect(unknown.transactionsPerSecond).toContain("SELECT on performance_schema");
  });

  it("are counted where performance_schema, or the metrics, count them", () => {
    const grown = { Com_commit: 100, Com_insert: 900, Handler_write: 900, Innodb_max_trx_id: 1800 };
    const counted = { ...grown, "events_transactions_summary_global.COUNT_STAR": 1000 };
    expect(measured("mariadb", { grown: counted }).measured.transactionsPerSecond).toBe(100);
    const metrics = { trx_rw_commits: 900, trx_ro_commits: 60, trx_nl_ro_commits: 40 };
    expect(measured("mariadb", { grown: { ...grown, ...metrics } }).measured.transactionsPerSecond).toBe(100);
  });
});

describe("commits that wrote", () => {
  it("are no more than rows were changed: a statement that finds none takes a number too", () => {
    const polling = { Com_update: 1000, Innodb_max_trx_id: 1000 };
    expect(measured("mariadb", { grown: polling }).measured.commitsPerSecond).toBe(0);
  });

  it("are unknown of MySQL without a binary log, with what would count them", () => {
    const { unknown } = measured("mysql", { grown: readWrite.mysql, settings: { log_bin: "OFF" } });
    expect(unknown.commitsPerSecond).toContain("trx_commits_insert_update");
  });
});

describe("statements and scans", () => {
  it("that replication wrote are no statements", () => {
    const { unknown } = measured("mysql", { grown: { Innodb_rows_inserted: 1000, Com_select: 10 } });
    expect(unknown.writeShare).toBe("rows were written without a statement that writes, as replication does");
  });

  it.each([
    ["a table", { Handler_read_rnd_next: 60_003 }],
    ["an index", { Handler_read_first: 3, Handler_read_next: 60_000 }],
  ])("of all of %s are scans", (_, reads) => {
    const grown = { Com_select: 3, Innodb_rows_read: 60_000, ...reads };
    expect(measured("mysql", { grown }).measured.scanShare).toBe(1);
  });

  it("of nothing are none, so that an append load has a profile", () => {
    const grown = { Com_insert: 300, Innodb_rows_inserted: 300, Binlog_cache_use: 300 };
    expect(measured("mysql", { grown }).measured).toMatchObject({
      writeShare: 1,
      scanShare: 0,
      insertShare: 1,
    });
  });
});

describe("flushes", () => {
  const binlog = { log_bin: "ON", sync_binlog: "1" };

  it("of MariaDB are InnoDB's and the binary log's (strace counted 2619: 1320 and 1299)", () => {
    const grown = { Innodb_data_fsyncs: 1320, Binlog_group_commits: 1299, Binlog_cache_use: 1500 };
    expect(measured("mariadb", { grown, settings: binlog }).measured.fsyncsPerSecond).toBe(261.9);
    const every10th = { ...binlog, sync_binlog: "10" };
    expect(measured("mariadb", { grown, settings: every10th }).measured.fsyncsPerSecond).toBe(145);
  });

  it("of MySQL's binary log are not counted, and that is said", () => {
    const grown = { Innodb_data_fsyncs: 303 };
    expect(measured("mysql", { grown }).unknown.fsyncsPerSecond).toBe(
      "MySQL does not count how often it flushes the binary log; InnoDB flushed 30.3 times a second",
    );
    expect(measured("mysql", { grown, settings: { log_bin: "OFF" } }).measured.fsyncsPerSecond).toBe(30.3);
  });
});

describe("volumes", () => {
  it("are bytes of pages, of log and of files", () => {
    const { measured: values } = measured("mysql", {
      grown: {
        Innodb_pages_written: 640,
        Innodb_dblwr_pages_written: 640,
        Innodb_data_read: 10 * 2 ** 20 * windowSeconds,
        Innodb_redo_log_current_lsn: 5 * 2 ** 20 * windowSeconds,
        "binlog.bytes": 2 * 2 ** 20 * windowSeconds,
        Innodb_buffer_pool_read_requests: 1000,
        Innodb_buffer_pool_reads: 50,
      },
      gauges: {
        "system_tablespace.bytes": 2 ** 30,
        Innodb_redo_log_logical_size: 80,
        Innodb_redo_log_capacity_resized: 100,
      },
    });
    expect(values).toMatchObject({
      dataWrittenMiBPerSecond: 1,
      doublewriteMiBPerSecond: 1,
      dataReadMiBPerSecond: 10,
      logMiBPerSecond: 5,
      binlogMiBPerSecond: 2,
      cacheMissShare: 0.05,
      sizeGiB: 2,
      redoInUseShare: 0.8,
      temporaryMiBPerSecond: 0,
    });
  });

  it("of temporary files are known where there were none, or performance_schema counts them", () => {
    const grown = { Created_tmp_disk_tables: 30 };
    expect(measured("mariadb", { grown }).unknown.temporaryMiBPerSecond).toContain("not their bytes");
    expect(measured("mariadb", { grown }).measured.temporaryTablesPerSecond).toBe(3);
    const bytes = {
      "wait/io/file/innodb/innodb_temp_file.SUM_NUMBER_OF_BYTES_WRITE": 2 ** 20 * windowSeconds,
      "wait/io/file/sql/io_cache.SUM_NUMBER_OF_BYTES_WRITE": 0,
    };
    expect(measured("mysql", { grown: { ...grown, ...bytes } }).measured.temporaryMiBPerSecond).toBe(1);
  });
});
