import type { Source } from "./types.ts";

/** Loads that others agree on, and where their mix of statements was read. */
export const benchmarkSources = {
  pgbench: {
    title: "PostgreSQL, pgbench: the transaction actually performed",
    url: "https://www.postgresql.org/docs/current/pgbench.html#TRANSACTIONS-AND-SCRIPTS",
  },
  sysbench: {
    title: "sysbench, oltp_common.lua: statements of a transaction and rows of a range",
    url: "https://github.com/akopytov/sysbench/blob/master/src/lua/oltp_common.lua",
  },
  ycsbReadMostly: {
    title: "YCSB, workload B: read mostly, 95 reads to 5 updates",
    url: "https://github.com/brianfrankcooper/YCSB/blob/master/workloads/workloadb",
  },
  ycsbUpdateHeavy: {
    title: "YCSB, workload A: update heavy, as many updates as reads",
    url: "https://github.com/brianfrankcooper/YCSB/blob/master/workloads/workloada",
  },
} as const satisfies Record<string, Source>;
