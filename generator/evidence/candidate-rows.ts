import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { EvidenceRow } from "./schema.ts";

export type CandidateRow = EvidenceRow & { readonly layout: LayoutChoice };

/** Whether the planner compares a row with others: nothing but its layout differs from the batch. */
export const isCandidate = (row: EvidenceRow): row is CandidateRow =>
  row.filesystem === "btrfs" && row.layout !== null && Object.keys(row.variation).length === 0;
