import type { Style } from "../../problem.ts";
import { type Finding, severities } from "../findings/finding.ts";
import { oneLine, paragraph } from "./text.ts";

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** "1 alarm, 2 cautions"; "none". */
export const findingCounts = (findings: readonly Finding[]): string => {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  return counts.join(", ") || "none";
};

const findingText = (finding: Finding, style: Style): string => {
  const { severity, title, explanation, evidence, migration, sources = [] } = finding;
  return [
    `${style(severity === "note" ? "strong" : severity, `${severity}:`)} ${oneLine(title)}\n`,
    paragraph(oneLine(explanation), 2),
    ...evidence.map(({ source, found }) => paragraph(`seen: ${oneLine(source)}: ${oneLine(found)}`, 2)),
    ...(migration.length === 0 ? [] : ["  mend:\n"]),
    ...migration.map((step) => `    ${oneLine(step)}\n`),
    ...sources.map((source) => `  read: ${source.title} <${source.url}>\n`),
  ].join("");
};

export const findingsText = (findings: readonly Finding[], style: Style): string =>
  findings.map((finding) => findingText(finding, style)).join("\n");
