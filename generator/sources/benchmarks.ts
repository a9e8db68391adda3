import type { Source } from "./types.ts";

/** Loads that others agree on, and where their mix of statements was read. */
export const benchmarkSources = {
  pgbench: {
    title: "pgbench, its TPC-B-like transaction",
    url: "https://www.postgresql.org/docs/current/pgbench.html#TRANSACTIONS-AND-SCRIPTS",
  },
  sysbench: {
    title: "sysbench, its OLTP transactions",
    url: "https://github.com/akopytov/sysbench/blob/master/src/lua/oltp_common.lua",
  },
  ycsbReadMostly: {
    title: "YCSB, workload B: read mostly",
    url: "https://github.com/brianfrankcooper/YCSB/blob/master/workloads/workloadb",
  },
  ycsbUpdateHeavy: {
    title: "YCSB, workload A: update heavy",
    url: "https://github.com/brianfrankcooper/YCSB/blob/master/workloads/workloada",
  },
} as const satisfies Record<string, Source>;
