import type { Evidence } from "../evidence/schema.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Estimate, Expectation } from "../plan/types.ts";
import { circumstancesOf } from "./circumstances.ts";
import { criteria } from "./criteria.ts";
import { estimateXfs } from "./estimate.ts";
import { estimateFor } from "./score.ts";
import type { Situation } from "./situation.ts";

const round = (found: Estimate): Estimate => ({ ...found, ratio: Math.round(found.ratio * 100) / 100 });

const over = (own: Estimate, xfs: Estimate): Estimate => ({
  ratio: own.ratio / xfs.ratio,
  confidence: own.confidence === "measured" && xfs.confidence === "measured" ? "measured" : "inferred",
  rows: [...new Set([...own.rows, ...xfs.rows])],
});

/** What the evidence lets one expect of a layout, metric by metric, against plain Btrfs and against XFS. */
export const expectationsFor = (
  evidence: Evidence,
  layout: LayoutChoice,
  situation: Situation,
): Expectation[] =>
  Object.values(criteria).flatMap((criterion) => {
    if (criterion.kind === "documented") return [];
    const own = estimateFor(evidence, criterion, layout, situation);
    const [first] = criterion.metrics;
    if (!own || !first) return [];
    const xfs = estimateXfs(evidence, first.metric, circumstancesOf(situation));
    return [
      {
        metric: first.metric,
        title: criterion.title,
        better: criterion.better,
        againstBtrfsDefaults: round(own),
        againstXfs: xfs && !first.inverse ? round(over(own, xfs)) : null,
      },
    ];
  });
