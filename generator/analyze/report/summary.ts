import { plainStyle, type Style } from "../../problem.ts";
import type { Analysis } from "../analysis.ts";
import { classText } from "./class-text.ts";
import { findingCounts, findingsText } from "./findings-text.ts";
import { loadText } from "./load-text.ts";
import { settingsText, storageText } from "./storage-text.ts";
import { oneLine } from "./text.ts";
import { unknownText } from "./unknown-text.ts";

const windowText = ({ window }: Analysis): string =>
  [
    `${window.samples} samples over ${Number(window.seconds.toPrecision(4))} s, from ${window.from}\n`,
    ...window.breaks.map(({ at, why }) => `the counts began anew before ${at}: ${oneLine(why)}\n`),
  ].join("");

const headText = (analysis: Analysis, style: Style): string => {
  const { engine, database, host } = analysis;
  const what = `${engine} ${oneLine(database.version)}`;
  const where = host === null ? "" : ` on ${oneLine(host.name)}`;
  return `${style("strong", what)}, ${oneLine(database.target)}${where}\n${windowText(analysis)}`;
};

const section = (title: string, text: string, style: Style): string[] =>
  text === "" ? [] : [`${style("strong", `${title}:`)}\n${text}`];

/** What `dbtrfs analyze` prints for people. What came from a server or a capture cannot reach the terminal as control characters. */
export const analysisSummary = (analysis: Analysis, style: Style = plainStyle): string => {
  const { findings } = analysis;
  const counts = `findings: ${findingCounts(findings)}\n`;
  return [
    headText(analysis, style),
    `${classText(analysis, style)}${counts}`,
    ...section("load", loadText(analysis), style),
    ...section("storage", `${storageText(analysis)}${settingsText(analysis)}`, style),
    ...(findings.length === 0 ? [] : [findingsText(findings, style)]),
    ...section("unknown", unknownText(analysis), style),
  ].join("\n");
};
