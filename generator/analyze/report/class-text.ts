import type { Style } from "../../problem.ts";
import type { Analysis } from "../analysis.ts";
import type { ClassStanding, Judged } from "../classify/classify.ts";
import { measurements } from "../measure/measurements.ts";
import { amount, oneLine, paragraph } from "./text.ts";

const words = { least: "at least", below: "below" } as const;

const limit = ({ measurement, at, threshold }: Judged): string =>
  `${words[at]} ${amount(threshold, measurements[measurement].unit)}`;

const found = ({ measurement, value }: Judged): string =>
  value === null ? "unknown" : amount(value, measurements[measurement].unit);

const row = (condition: Judged): string => {
  const { title } = measurements[condition.measurement];
  return `  ${title.padEnd(34)} ${found(condition).padStart(8)}   ${limit(condition)}\n`;
};

const unmet = ({ conditions }: ClassStanding): string =>
  conditions
    .filter(({ verdict }) => verdict !== "met")
    .map((each) => `${measurements[each.measurement].title} ${found(each)} (${limit(each)})`)
    .join(", ");

/** Of a class that nothing spoke against, what is unknown; else the nearest one, and what keeps it away. */
const otherText = (name: Analysis["class"], standing: ClassStanding | undefined): string => {
  if (standing === undefined) return "";
  const word = standing.verdict === "unknown" ? "perhaps" : name === "mixed" ? "nearest" : "next";
  return paragraph(`${word}: ${standing.class}, but for ${unmet(standing)}`, 2);
};

/** The class, what led there, and how far the next one was. */
export const classText = ({ class: name, classification }: Analysis, style: Style): string => {
  const { remark, standings } = classification;
  const own = standings.find((standing) => standing.verdict === "met");
  const other = standings.find((standing) => standing.verdict !== "met");
  return [
    `class: ${style("strong", name ?? "unknown")}${remark === null ? "" : ` (${oneLine(remark)})`}\n`,
    ...(own?.conditions ?? []).map(row),
    otherText(name, other),
  ].join("");
};
