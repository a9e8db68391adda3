import type { Standing } from "../../bench/targets.ts";
import type { Evidence } from "../../evidence/schema.ts";
import type { StandingsView } from "../../render/docs/benchmark-views.ts";

type Verdict = "met" | "missed" | "not measured";

const verdictOf = ({ found, met }: Standing): Verdict =>
  found === null ? "not measured" : met ? "met" : "missed";

/** Where a target's batch is in the evidence, and its layout is not, the layout is what is missing. */
const layoutText = ({ chosen, batch }: Standing, { batches }: Evidence): string =>
  chosen ?? (batches.some(({ id }) => id === batch) ? "one without a row" : "–");

/** The batch that looks beyond layouts for what a missed target lacks, where it was measured. */
const searchOf = ({ owner }: Standing, { batches }: Evidence): string | undefined =>
  batches.map(({ id }) => id).find((id) => id === `${owner.engine}-${owner.workload}-search`);

export const standingsView = (standings: readonly Standing[], evidence: Evidence): StandingsView => {
  const count = (wanted: Verdict) => standings.filter((standing) => verdictOf(standing) === wanted).length;
  return {
    met: count("met"),
    missed: count("missed"),
    unmeasured: count("not measured"),
    targets: standings.map((standing) => ({
      title: standing.title,
      batch: standing.batch,
      wanted: `${standing.at === "least" ? "≥" : "≤"} ${standing.ratio}`,
      found: standing.found === null ? "–" : standing.found.toFixed(2),
      layout: layoutText(standing, evidence),
      verdict: verdictOf(standing),
      tried: verdictOf(standing) === "missed" ? searchOf(standing, evidence) : undefined,
    })),
  };
};
