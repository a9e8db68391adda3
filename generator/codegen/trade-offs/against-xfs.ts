import { isAboutLayouts, plainXfsOf } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow } from "../../evidence/schema.ts";
import { sameLayout } from "../../layout/layout-choice.ts";
import type { AgainstXfsView } from "../../render/docs/trade-off-views.ts";
import type { Engine } from "../../spec/schema.ts";
import { titleOf } from "../benchmarks/columns.ts";
import { comparisonCell } from "../benchmarks/comparison-cell.ts";
import { bestOf, type Claimed, claims, isChecked, leadingOf } from "../benchmarks/leading.ts";
import { type Comparison, compare, type MeasuredBatch } from "../benchmarks/measured-batch.ts";
import type { Choice } from "./choices.ts";

/** Of the best layouts on Btrfs in a batch: all of them, and those that keep checksums of the data. */
export interface AgainstXfs {
  readonly measured: MeasuredBatch;
  readonly metric: Claimed;
  readonly best: EvidenceRow;
  readonly checked: EvidenceRow | undefined;
  readonly bestFound: Comparison | null;
  readonly checkedFound: Comparison | null;
}

/** Whether a comparison says that XFS is the better of the two. */
export const xfsIsBetter = (metric: Claimed, found: Comparison | null): boolean =>
  found?.differs === true && (claims[metric].better === "more" ? found.ratio < 1 : found.ratio > 1);

/** Every batch that decides and has XFS beside Btrfs, by what its workload is run for. */
export const againstXfs = (batches: readonly MeasuredBatch[]): AgainstXfs[] =>
  batches
    .filter((measured) => measured.batch.representative && isAboutLayouts(measured))
    .flatMap((measured) => {
      const { batch, rows } = measured;
      const [metric] = leadingOf[batch.workload];
      const xfs = plainXfsOf(rows);
      const best = metric && bestOf(measured, metric);
      if (metric === undefined || xfs === undefined || best === undefined) return [];
      const checked = bestOf(measured, metric, isChecked);
      return [
        {
          measured,
          metric,
          best,
          checked,
          bestFound: compare(batch, metric, best, xfs),
          checkedFound: checked ? compare(batch, metric, checked, xfs) : null,
        },
      ];
    });

const verdict = ({ measured, metric, bestFound, checkedFound }: AgainstXfs): string => {
  const xfs = measured.batch.snapshotSeconds === null ? "XFS" : "XFS, which took no snapshots,";
  if (xfsIsBetter(metric, bestFound)) return `${xfs} is ahead of every layout`;
  if (xfsIsBetter(metric, checkedFound)) return `${xfs} is ahead of what keeps checksums`;
  return bestFound?.differs ? "Btrfs is ahead" : "no difference";
};

/** Whether the planner refuses this layout to every owner of the engine. */
const isRefused = ({ layout }: EvidenceRow, engine: Engine, choices: readonly Choice[]): boolean =>
  layout !== null &&
  !choices.some(
    ({ owner, admissible }) =>
      owner.engine === engine && admissible.some((allowed) => sameLayout(allowed, layout)),
  );

const bestTitle = ({ best, measured }: AgainstXfs, choices: readonly Choice[]): string =>
  isRefused(best, measured.batch.engine, choices) ? `${best.title}, which the plan refuses` : best.title;

export const againstXfsViews = (found: readonly AgainstXfs[], choices: readonly Choice[]): AgainstXfsView[] =>
  found.map((one) => ({
    id: one.measured.batch.id,
    title: one.measured.batch.title,
    metric: titleOf(one.metric),
    best: bestTitle(one, choices),
    bestRatio: comparisonCell(one.bestFound),
    checked: one.checked === one.best ? "the same" : (one.checked?.title ?? "none was measured"),
    checkedRatio: comparisonCell(one.checkedFound),
    verdict: verdict(one),
  }));
