import { btrfsDefaults, type LayoutChoice, sameLayout } from "../layout/layout-choice.ts";
import type { EvidenceRow } from "./schema.ts";

export type CandidateRow = EvidenceRow & { readonly layout: LayoutChoice };

/** Whether settings or mkfs options differ from the batch's. */
export const isVaried = ({ variation }: EvidenceRow): boolean => Object.keys(variation).length > 0;

/** Whether the planner compares a row with others: nothing but its layout differs from the batch. */
export const isCandidate = (row: EvidenceRow): row is CandidateRow =>
  row.filesystem === "btrfs" && row.layout !== null && !isVaried(row);

/** Whether a batch compares layouts; one with more varied rows than layouts searches beyond them. */
export const isAboutLayouts = ({ rows }: { readonly rows: readonly EvidenceRow[] }): boolean =>
  rows.filter(isCandidate).length >= rows.filter(isVaried).length;

/** What the others of a batch are compared with; a file without it in a batch is refused. */
export const plainBtrfsOf = (rows: readonly EvidenceRow[]): CandidateRow | undefined =>
  rows.filter(isCandidate).find(({ layout }) => sameLayout(layout, btrfsDefaults));

export const plainXfsOf = (rows: readonly EvidenceRow[]): EvidenceRow | undefined =>
  rows.find((row) => row.filesystem === "xfs" && !isVaried(row));
