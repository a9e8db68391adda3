import type { BitRotRow } from "../../evidence/bit-rot.ts";
import type { Evidence } from "../../evidence/schema.ts";
import type { MeasuredBatch } from "../benchmarks/measured-batch.ts";

/** Snapshots of a database whose log lies on a filesystem of its own, taken as its plan says. */
export interface Pauses {
  readonly engine: string;
  readonly snapshots: number;
  /** Milliseconds for which commits waited; the medians of several runs. */
  readonly medians: readonly number[];
  readonly longest: number;
}

/** Copies that were made of two snapshots, one a while after the other. */
export interface TornCopies {
  readonly engine: string;
  /** What was captured first. */
  readonly first: "data" | "log";
  readonly gapSeconds: number;
  readonly copies: number;
  /** Of the copies, how many did not start or were not whole. */
  readonly damaged: number;
}

export interface LabFindings {
  readonly pauses: readonly Pauses[];
  readonly torn: readonly TornCopies[];
}

/** All that the page is made of, beside what is true of the engines. */
export interface Given {
  readonly evidence: Evidence;
  readonly batches: readonly MeasuredBatch[];
  readonly bitRot: readonly BitRotRow[];
  readonly lab: LabFindings;
}
