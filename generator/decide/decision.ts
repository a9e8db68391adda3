import type { Candidate, Decision, Estimate } from "../plan/types.ts";
import type { Confidence } from "../sources/types.ts";

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
  flippedBit: given.flippedBit ?? null,
});

/** How sure a decision is that rests on these estimates: no surer than the least sure of them. */
export const confidenceIn = (estimates: readonly Estimate[]): Confidence => {
  if (estimates.length === 0) return "documented";
  return estimates.every((estimate) => estimate.confidence === "measured") ? "measured" : "inferred";
};
