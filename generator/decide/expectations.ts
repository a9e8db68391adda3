import type { Evidence, Metric } from "../evidence/schema.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Estimate, Expectation } from "../plan/types.ts";
import { circumstancesOf } from "./circumstances.ts";
import { criteria } from "./criteria.ts";
import { confidenceIn } from "./decision.ts";
import { estimateXfs } from "./estimate.ts";
import { type Answer, answerFor, inverse } from "./score.ts";
import type { Situation } from "./situation.ts";

const round = (found: Estimate): Estimate => ({ ...found, ratio: Math.round(found.ratio * 100) / 100 });

const over = (own: Estimate, xfs: Estimate): Estimate => ({
  ratio: own.ratio / xfs.ratio,
  confidence: confidenceIn([own, xfs]),
  rows: [...new Set([...own.rows, ...xfs.rows])],
});

/** With a fixed number of clients the mean latency follows from the throughput, and is called so. */
const titleOf = (title: string, { used }: Answer): string =>
  used.inverse ? `${title} (clients divided by throughput)` : title;

/** XFS keeps a table in a handful of extents: a ratio to that says nothing. */
const incomparable: readonly Metric[] = ["extents"];

const againstXfs = (evidence: Evidence, { used, found }: Answer, situation: Situation): Estimate | null => {
  if (incomparable.includes(used.metric)) return null;
  const xfs = estimateXfs(evidence, used.metric, circumstancesOf(situation));
  return xfs && round(over(found, used.inverse ? inverse(xfs) : xfs));
};

/** What the evidence lets one expect of a layout, metric by metric, against plain Btrfs and against XFS. */
export const expectationsFor = (
  evidence: Evidence,
  layout: LayoutChoice,
  situation: Situation,
): Expectation[] =>
  Object.values(criteria).flatMap((criterion) => {
    if (criterion.kind === "documented") return [];
    const answer = answerFor(evidence, criterion, layout, situation);
    if (!answer) return [];
    return [
      {
        metric: answer.used.metric,
        title: titleOf(criterion.title, answer),
        better: criterion.better,
        againstBtrfsDefaults: round(answer.found),
        againstXfs: againstXfs(evidence, answer, situation),
      },
    ];
  });
