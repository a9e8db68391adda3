import type { Confidence, Source } from "../sources/types.ts";

export interface Expectation {
  readonly metric: string;
  readonly title: string;
  readonly better: "higher" | "lower";
  readonly againstBtrfsDefaults: Estimate | null;
  readonly againstXfs: Estimate | null;
}

/** A ratio, how it came about, and the evidence rows behind it. */
export interface Estimate {
  readonly ratio: number;
  readonly confidence: Confidence;
  readonly rows: readonly string[];
}

/** Why a value is what it is. */
export interface Decision {
  readonly id: string;
  readonly title: string;
  /** JSON pointer into the plan: what this decision set. */
  readonly pointer: string;
  readonly value: unknown;
  readonly reason: string;
  readonly candidates: readonly Candidate[];
  /** Evidence rows, by id. */
  readonly evidence: readonly string[];
  readonly sources: readonly Source[];
  readonly confidence: Confidence;
  readonly overridden: boolean;
}

export interface Candidate {
  readonly value: unknown;
  readonly chosen: boolean;
  /** Sum of the weighted criteria; null where it was not scored. */
  readonly score: number | null;
  /** What each criterion contributed to the score. */
  readonly criteria: Readonly<Record<string, number>>;
  /** The constraint that dropped it; null where none did. */
  readonly dropped: { readonly constraint: string; readonly reason: string } | null;
  /** Of a layout: what becomes of one flipped bit in a table; null where that is not known. */
  readonly flippedBit: FlippedBit | null;
}

export interface FlippedBit {
  readonly text: string;
  readonly confidence: Confidence;
}
