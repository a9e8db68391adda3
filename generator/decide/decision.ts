import type { Candidate, Decision } from "../plan/types.ts";

type Given = Pick<Decision, "id" | "title" | "pointer" | "value" | "reason" | "confidence"> &
  Partial<Decision>;

/** A decision with what it does not say filled in: no candidates, no evidence, no override. */
export const decision = (given: Given): Decision => ({
  id: given.id,
  title: given.title,
  pointer: given.pointer,
  value: given.value,
  reason: given.reason,
  candidates: given.candidates ?? [],
  evidence: given.evidence ?? [],
  sources: given.sources ?? [],
  confidence: given.confidence,
  overridden: given.overridden ?? false,
});

export const candidate = (given: Pick<Candidate, "value" | "chosen"> & Partial<Candidate>): Candidate => ({
  value: given.value,
  chosen: given.chosen,
  score: given.score ?? null,
  criteria: given.criteria ?? {},
  dropped: given.dropped ?? null,
});
