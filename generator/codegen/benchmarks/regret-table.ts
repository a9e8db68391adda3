import type { Owner } from "../../bench/planned-layout.ts";
import { type Regret, yardsticks } from "../../bench/regret.ts";
import type { RegretView } from "../../render/docs/benchmark-views.ts";
import { preferences } from "../../spec/schema.ts";
import { titleOf } from "./columns.ts";
import { joined } from "./words.ts";

const percent = ({ regretPercent, withinNoise }: Regret): string => {
  if (regretPercent === null) return "not measured";
  const text = `${regretPercent.toFixed(1)} %`;
  return withinNoise && regretPercent > 0 ? `(${text})` : text;
};

const bestText = ({ chosen, best }: Regret): string => (best === chosen ? "the same" : best);

const rowOf = (alike: readonly Regret[], first: Regret): RegretView => ({
  batch: first.batch,
  preferences: joined(alike.map(({ owner }: { readonly owner: Owner }) => owner.prefer)),
  metric: titleOf(first.metric),
  chosen: first.chosen ?? "a layout without a row",
  best: bestText(first),
  regret: percent(first),
});

/** A row for the preferences of a batch that get the same layout and have the same best. */
export const regretViews = (regrets: readonly Regret[]): RegretView[] => {
  const alike = Map.groupBy(regrets, ({ batch, metric, chosen, best }) =>
    JSON.stringify([batch, metric, chosen, best]),
  );
  return [...alike.values()].flatMap((own) => own.slice(0, 1).map((first) => rowOf(own, first)));
};

/** What a preference asks of a layout beside the planner's constraints. */
export const promises = (): string =>
  joined(
    preferences
      .filter((prefer) => yardsticks[prefer].promise !== "none")
      .map((prefer) => `${prefer} (${yardsticks[prefer].promise})`),
  );
