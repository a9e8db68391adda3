import type { Look, Style } from "../../problem.ts";
import type { Confidence } from "../../sources/types.ts";
import { visible } from "../../visible.ts";
import { indented, terminalColumns, wrap } from "../../wrap.ts";
import type { Explanation, Topic } from "../topic.ts";
import { valueText } from "../value-text.ts";
import { alternativesText, candidatesText } from "./candidates.ts";
import { evidenceText } from "./evidence.ts";
import { heading, paragraph } from "./section.ts";

const looks: Readonly<Record<Confidence, Look>> = {
  measured: "good",
  documented: "strong",
  inferred: "caution",
};

const origins = {
  decision: "decided",
  spec: "from the spec",
  derived: "follows from other values",
} as const;

const labelWidth = 14;

const field = (label: string, text: string, style: Style): string => {
  const name = `${label}:`.padEnd(labelWidth);
  const lines = wrap(visible(text), terminalColumns - name.length);
  return `${style("faint", name)}${lines.join(`\n${" ".repeat(name.length)}`)}\n`;
};

const head = (explanation: Explanation, style: Style): string => {
  const { title, value, pointer, id, origin, confidence, overridden } = explanation;
  const how = overridden ? "set in the spec" : origins[origin];
  const sure = confidence === null ? "" : `, ${style(looks[confidence], confidence)}`;
  return [
    indented(visible(title), 0)
      .split("\n")
      .map((line) => (line === "" ? "" : style("strong", line)))
      .join("\n"),
    field("value", valueText(value), style),
    `${style("faint", "how:".padEnd(labelWidth))}${how}${sure}\n`,
    field("in plan.json", pointer, style),
    field("asked by", id, style),
  ].join("");
};

const remarksText = ({ remarks }: Explanation, style: Style): string =>
  remarks
    .map(
      ({ title, text, confidence }) =>
        heading(title, style) + paragraph(confidence === null ? text : `${text} (${confidence})`),
    )
    .join("");

const sourcesText = ({ sources }: Explanation, style: Style): string => {
  const all = [...new Map(sources.map((source) => [source.url + source.title, source])).values()];
  if (all.length === 0) return "";
  const lines = all.map(({ title, url }) => `${paragraph(title)}    ${style("faint", visible(url))}\n`);
  return heading("Sources", style) + lines.join("");
};

const relatedText = (related: readonly Topic[], style: Style): string => {
  if (related.length === 0) return "";
  const shown = related.slice(0, 8).map(({ id }) => id);
  const rest = related.length - shown.length;
  return heading("See also", style) + paragraph(`${shown.join(", ")}${rest > 0 ? `, and ${rest} more` : ""}`);
};

/** One value of the plan for people: 80 columns, a line feed at the end. URLs and ids may be longer. */
export const explanationText = (explanation: Explanation, related: readonly Topic[], style: Style): string =>
  [
    head(explanation, style),
    heading("Reason", style),
    paragraph(explanation.reason),
    candidatesText(explanation, style),
    alternativesText(explanation, style),
    remarksText(explanation, style),
    evidenceText(explanation, style),
    sourcesText(explanation, style),
    relatedText(related, style),
  ].join("");
