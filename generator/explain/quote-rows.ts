import { plainBtrfsOf, plainXfsOf } from "../evidence/candidate-rows.ts";
import type { Evidence } from "../evidence/schema.ts";
import type { Explanation, QuotedRow } from "./topic.ts";

const quote = (evidence: Evidence, id: string): QuotedRow[] => {
  const row = evidence.rows.find((each) => each.id === id);
  const batch = evidence.batches.find((each) => each.id === row?.batch);
  if (row === undefined || batch === undefined) return [];
  const beside = evidence.rows.filter((each) => each.batch === batch.id);
  return [{ row, batch, plainBtrfs: plainBtrfsOf(beside) ?? null, xfs: plainXfsOf(beside) ?? null }];
};

/** The rows of these ids, and the ids that this evidence does not have. */
export const quoteRows = (
  evidence: Evidence,
  ids: readonly string[],
): Pick<Explanation, "evidence" | "missingEvidence"> => {
  const quoted = [...new Set(ids)].map((id) => ({ id, rows: quote(evidence, id) }));
  return {
    evidence: quoted.flatMap(({ rows }) => rows),
    missingEvidence: quoted.flatMap(({ id, rows }) => (rows.length === 0 ? [id] : [])),
  };
};
