import type { Owner } from "../../bench/planned-layout.ts";
import { factsOf } from "../../engines/index.ts";
import type { RegretView } from "../../render/docs/benchmark-views.ts";

/** What the planner's choice costs an owner against the best admissible layout of the batch. */
export interface Regret {
  readonly owner: Owner;
  readonly batch: string;
  /** Titles of rows. */
  readonly chosen: string;
  readonly best: string;
  readonly regretPercent: number;
}

export const regretViews = (regrets: readonly Regret[]): RegretView[] =>
  regrets.map(({ owner, batch, chosen, best, regretPercent }) => ({
    owner: [
      factsOf(owner.engine).title,
      owner.workload,
      owner.prefer,
      ...(owner.snapshots ? ["snapshots"] : []),
    ].join(", "),
    batch,
    chosen,
    best: best === chosen ? "the same" : best,
    regret: `${regretPercent.toFixed(1)} %`,
  }));
