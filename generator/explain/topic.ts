import type { Batch, Evidence, EvidenceRow } from "../evidence/schema.ts";
import type { Candidate } from "../plan/types.ts";
import type { Confidence, Source } from "../sources/types.ts";

/** A value of a plan that can be asked for. */
export interface Topic {
  /** Unlike all others of its plan: "orders.setting.fsync". */
  readonly id: string;
  /** JSON pointer into the plan. */
  readonly pointer: string;
  /** Other values that this explains, by pointer: each stands for all below it. */
  readonly alsoAt: readonly string[];
  /** What it is listed below. */
  readonly group: string;
  /** Short, within the group. */
  readonly name: string;
  readonly value: unknown;
  /** What else people call it, in lower case. */
  readonly words: readonly string[];
  readonly explain: (evidence: Evidence) => Explanation;
}

/** Whether the plan chose a value, took it from the spec, or worked it out from others. */
export type Origin = "decision" | "spec" | "derived";

export interface Explanation {
  readonly id: string;
  readonly pointer: string;
  readonly title: string;
  readonly value: unknown;
  readonly origin: Origin;
  readonly reason: string;
  /** Null where nothing was chosen. */
  readonly confidence: Confidence | null;
  /** Whether the spec fixed it. */
  readonly overridden: boolean;
  readonly remarks: readonly Remark[];
  /** All that were weighed, best first, with what dropped the others. */
  readonly candidates: readonly Candidate[];
  /** For one dimension of a layout: what each of its values would come to. */
  readonly alternatives: readonly Alternative[];
  readonly evidence: readonly QuotedRow[];
  /** Rows that the plan rests on and that the evidence at hand does not have. */
  readonly missingEvidence: readonly string[];
  readonly sources: readonly Source[];
}

/** What is known besides the reason. */
export interface Remark {
  readonly title: string;
  readonly text: string;
  readonly confidence: Confidence | null;
}

export interface Alternative {
  readonly value: string;
  readonly chosen: boolean;
  /** The candidate with this value that scored best; null where constraints dropped all. */
  readonly best: Candidate | null;
  /** What dropped those with this value, each constraint once. */
  readonly dropped: readonly NonNullable<Candidate["dropped"]>[];
}

/** A row of the evidence as it was measured, with what ran beside it. */
export interface QuotedRow {
  readonly row: EvidenceRow;
  readonly batch: Batch;
  readonly plainBtrfs: EvidenceRow | null;
  readonly xfs: EvidenceRow | null;
}

type Given = Pick<Explanation, "id" | "pointer" | "title" | "value" | "origin" | "reason"> &
  Partial<Explanation>;

/** An explanation with what it does not say filled in. */
export const explanation = (given: Given): Explanation => ({
  ...{ confidence: null, overridden: false, remarks: [], candidates: [], alternatives: [] },
  ...{ evidence: [], missingEvidence: [], sources: [] },
  ...given,
});
