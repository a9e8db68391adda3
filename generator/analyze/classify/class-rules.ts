import { benchmarkSources } from "../../sources/benchmarks.ts";
import type { Source } from "../../sources/types.ts";
import type { WorkloadClass } from "../../spec/workload.ts";
import type { Measurement } from "../measure/measurements.ts";

/** Every class that measurements can show; what is none of them is mixed. */
export type NamedClass = Exclude<WorkloadClass, "mixed">;

/** One condition of a class, met from the threshold on ("least") or under it ("below"). */
export interface Condition {
  readonly measurement: Measurement;
  readonly at: "least" | "below";
  readonly threshold: number;
  /** Why it is there, and why the threshold lies where it does. */
  readonly reason: string;
  readonly sources: readonly Source[];
}

const condition =
  (at: Condition["at"]) =>
  (measurement: Measurement, threshold: number, reason: string, ...sources: Source[]): Condition => ({
    measurement,
    at,
    threshold,
    reason,
    sources,
  });
const least = condition("least");
const below = condition("below");

/**
 * What makes a workload of a class: all of its conditions. The thresholds are judgement, each between loads whose
 * class nobody doubts. No two classes can be met at once: each pair differs in a condition that excludes the other's.
 */
export const classRules: Readonly<Record<NamedClass, readonly Condition[]>> = {
  oltp: [
    least(
      "writeShare",
      0.15,
      "sysbench's oltp_read_write writes with 4 of its 18 statements, 22 %, and what it writes are random rows; what YCSB calls read mostly writes with 5 %",
      benchmarkSources.sysbench,
      benchmarkSources.ycsbReadMostly,
    ),
    least(
      "updateShare",
      0.3,
      "rows that exist are written again, which is what copy-on-write feels: 3 of 4 in pgbench's TPC-B-like load, all in YCSB's update heavy one; in a load that appends, next to none",
      benchmarkSources.pgbench,
      benchmarkSources.ycsbUpdateHeavy,
    ),
    below(
      "deleteShare",
      0.3,
      "sysbench's oltp_write_only deletes 1 of the 4 rows that it writes, a queue at least 1 of 3",
      benchmarkSources.sysbench,
    ),
    below(
      "scanShare",
      0.2,
      "small transactions find their rows by an index; where a fifth of the reads are scans, reports run beside them",
    ),
  ],
  append: [
    least(
      "writeShare",
      0.5,
      "a stream of rows is what the database is there for, not what its readers leave",
    ),
    least(
      "insertShare",
      0.85,
      "rows are hardly ever touched again; the rest is room for corrections and states that are kept beside the stream",
    ),
  ],
  analytics: [
    below("writeShare", 0.2, "what is written comes as a whole, in few statements, between many that read"),
    least(
      "scanShare",
      0.6,
      "most of what is read comes from whole tables; between this and what read-mostly allows it is neither",
    ),
    least(
      "rowsReadPerTransaction",
      1000,
      "a small table that is scanned for each lookup is no analysis: sysbench's transactions read 410 rows by their keys",
      benchmarkSources.sysbench,
    ),
  ],
  "read-mostly": [
    below(
      "writeShare",
      0.1,
      "between YCSB's read mostly load, 5 %, and oltp, from 15 % on",
      benchmarkSources.ycsbReadMostly,
    ),
    below("scanShare", 0.4, "reads find their rows by an index; more scans than that are reports"),
  ],
  queue: [
    least("writeShare", 0.5, "each entry is written, claimed and removed: reading is looking for work"),
    least(
      "deleteShare",
      0.3,
      "each row that comes also goes: of insert, claim and delete every third; sysbench's oltp_write_only, which is none, deletes 1 of 4",
      benchmarkSources.sysbench,
    ),
    least("insertShare", 0.2, "rows come at the rate at which they go; else it is a purge"),
  ],
};
