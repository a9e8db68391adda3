import { criteria } from "../../decide/criteria.ts";
import type { LayoutChoice } from "../../layout/layout-choice.ts";
import type { Candidate } from "../../plan/types.ts";
import type { Style } from "../../problem.ts";
import type { Alternative, Explanation } from "../topic.ts";
import { valueText } from "../value-text.ts";
import { heading, paragraph, scored, signed, table } from "./section.ts";

const scoreText = ({ score }: Candidate): string => (score === null ? "" : signed(score));

/** Candidates that differ in the node size or in how the log is synced alone are one: the best stands for them. */
const kindOf = ({ value }: Candidate): string => {
  if (typeof value !== "object" || value === null || !("logSync" in value)) return valueText(value);
  const { data, log, compression } = value as LayoutChoice;
  return `${data} ${log} ${compression}`;
};

const bestOfKind = (candidates: readonly Candidate[]): Candidate[] => {
  const kinds = Map.groupBy(candidates, kindOf);
  return candidates.filter((each) => {
    const alike = kinds.get(kindOf(each)) ?? [];
    return each === (alike.find(({ chosen }) => chosen) ?? alike[0]);
  });
};

const line = (candidate: Candidate, style: Style): string => {
  const text = valueText(candidate.value);
  if (!candidate.chosen) return scored(scoreText(candidate), text);
  return style("good", scored(scoreText(candidate), `${text} (chosen)`));
};

/** Layouts are dropped by the dozen: each reason once. */
const droppedText = (candidates: readonly Candidate[]): string => {
  const dropped = candidates.filter((each) => each.dropped !== null);
  return [...Map.groupBy(dropped, (each) => each.dropped?.reason ?? "")]
    .map(([reason, all]) => {
      const what = all.length === 1 ? valueText(all[0]?.value) : `${all.length} candidates`;
      return scored("dropped", `${what}: ${reason}`);
    })
    .join("");
};

const criterionTitle = (id: string): string => criteria[id as keyof typeof criteria]?.title ?? id;

/** What each criterion gave to the scores, side by side; only where any gave something. */
const contributions = (
  columns: readonly { readonly title: string; readonly candidate: Candidate }[],
): string => {
  const ids = [...new Set(columns.flatMap(({ candidate }) => Object.keys(candidate.criteria)))];
  const rows = ids
    .map((id) => ({ id, cells: columns.map(({ candidate }) => signed(candidate.criteria[id] ?? 0)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== "0"))
    .map(({ id, cells }): [string, ...string[]] => [criterionTitle(id), ...cells]);
  return rows.length === 0 ? "" : table(["", ...columns.map(({ title }) => title)], rows, 2);
};

const scale =
  "Score: the gain over plain Btrfs, weighed by the workload and what is preferred. What NOCOW data gains or loses against data with checksums counts from the noise of the measurements on.";

/** All candidates, best first, and why the best is. */
export const candidatesText = ({ candidates }: Explanation, style: Style): string => {
  if (candidates.length === 0) return "";
  const weighed = candidates.filter((each) => each.dropped === null);
  const kinds = bestOfKind(weighed);
  const [first, second] = [kinds.find((each) => each.chosen), kinds.find((each) => !each.chosen)];
  const hasScores = weighed.some(({ score, criteria: by }) => score !== null && Object.keys(by).length > 0);
  return [
    heading("Candidates", style),
    hasScores ? paragraph(scale) : "",
    ...kinds.map((each) => line(each, style)),
    droppedText(candidates),
    hasScores && first && second
      ? `\n${contributions([
          { title: "chosen", candidate: first },
          { title: "next", candidate: second },
        ])}`
      : "",
  ].join("");
};

const alternativeLine = ({ value, chosen, best, dropped }: Alternative, style: Style): string => {
  if (best === null) return dropped.map(({ reason }) => scored("dropped", `${value}: ${reason}`)).join("");
  if (chosen) return style("good", scored(scoreText(best), `${value} (chosen)`));
  return scored(scoreText(best), `${value}, at best: ${valueText(best.value)}`);
};

/** What each value of a dimension would come to. */
export const alternativesText = ({ alternatives }: Explanation, style: Style): string => {
  if (alternatives.length < 2) return "";
  const columns = alternatives.flatMap(({ value, best }) =>
    best === null ? [] : [{ title: value, candidate: best }],
  );
  return [
    heading("What else it could be", style),
    paragraph(scale),
    ...alternatives.map((each) => alternativeLine(each, style)),
    columns.length > 1 ? `\n${contributions(columns.slice(0, 3))}` : "",
  ].join("");
};
