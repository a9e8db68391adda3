import type { Evidence } from "../evidence/schema.ts";
import type { LayoutChoice, Nodesize } from "../layout/layout-choice.ts";
import { candidateLayouts } from "./candidates.ts";
import { type Constraint, constraints } from "./constraints.ts";
import { type Score, scoreLayout } from "./score.ts";
import type { Situation } from "./situation.ts";

export interface WeighedLayout {
  readonly layout: LayoutChoice;
  /** The constraints that it breaks, in the order of the table; none where it may be chosen. */
  readonly broken: readonly Constraint[];
  readonly score: Score | null;
}

/** A database with every candidate, weighed. */
export interface Weighed {
  readonly situation: Situation;
  readonly rows: readonly WeighedLayout[];
}

const weigh = (evidence: Evidence, situation: Situation, layout: LayoutChoice): WeighedLayout => {
  const broken = constraints.filter((constraint) => constraint.breaks(layout, situation));
  return { layout, broken, score: broken.length === 0 ? scoreLayout(evidence, layout, situation) : null };
};

export const weighLayouts = (
  evidence: Evidence,
  situation: Situation,
  nodesizes: readonly Nodesize[],
): Weighed => ({
  situation,
  rows: candidateLayouts(nodesizes).map((layout) => weigh(evidence, situation, layout)),
});
