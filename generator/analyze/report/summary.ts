import { plainStyle, type Style } from "../../problem.ts";
import { visible } from "../../visible.ts";
import type { Analysis } from "../analysis.ts";
import type { ClassStanding, Judged } from "../classify/classify.ts";
import type { Finding } from "../findings/finding.ts";
import { notOfThisEngine } from "../measure/measured.ts";
import { type MeasurementFacts, measurementNames, measurements } from "../measure/measurements.ts";

const amount = (value: number, unit: MeasurementFacts["unit"]): string =>
  unit === "share"
    ? `${Number((100 * value).toPrecision(3))} %`
    : `${Number(value.toPrecision(3))}${unit.startsWith("/") ? unit : ` ${unit}`}`;

const conditionText = ({ measurement, at, threshold, value }: Judged): string => {
  const { title, unit } = measurements[measurement];
  const found = value === null ? "unknown" : amount(value, unit);
  return `${title} ${found} (${at} ${amount(threshold, unit)})`;
};

const standingText = (standing: ClassStanding): string => {
  const unmet = standing.conditions.filter(({ met }) => !met);
  return `  next: ${standing.class}, but for ${unmet.map(conditionText).join(", ")}\n`;
};

const classText = ({ class: name, classification }: Analysis, style: Style): string => {
  const { remark, standings } = classification;
  const own = standings.find((standing) => standing.class === name);
  const next = standings.find((standing) => !standing.met);
  return [
    `class: ${style("strong", name ?? "unknown")}${remark === null ? "" : ` (${remark})`}\n`,
    ...(own?.conditions ?? []).map((condition) => `  ${conditionText(condition)}\n`),
    next === undefined ? "" : standingText(next),
  ].join("");
};

const windowText = ({ window }: Analysis): string =>
  [
    `${window.samples} samples over ${Number(window.seconds.toPrecision(4))} s, from ${window.from}\n`,
    ...window.breaks.map(({ at, why }) => `the counts began anew before ${at}: ${visible(why)}\n`),
  ].join("");

const measuredText = ({ measured, unknown }: Analysis, style: Style): string =>
  measurementNames
    .filter((name) => unknown[name] !== notOfThisEngine)
    .map((name) => {
      const value = measured[name];
      const { title, unit } = measurements[name];
      const text =
        value === null ? style("faint", `unknown: ${visible(unknown[name] ?? "")}`) : amount(value, unit);
      return `  ${title.padEnd(44)}${text}\n`;
    })
    .join("");

const findingText = ({ severity, title, explanation, evidence, migration }: Finding, style: Style): string =>
  [
    `${style(severity === "note" ? "strong" : severity, `${severity}:`)} ${visible(title)}\n  ${visible(explanation)}\n`,
    ...evidence.map(({ source, found }) => `  seen: ${visible(source)}: ${visible(found)}\n`),
    ...migration.map((step) => `  mend: ${visible(step)}\n`),
  ].join("");

/** What `dbtrfs analyze` prints for people. What came from a server or a capture cannot reach the terminal as control characters. */
export const analysisSummary = (analysis: Analysis, style: Style = plainStyle): string => {
  const { engine, database, findings } = analysis;
  const parts = [
    `${engine} ${visible(database.version)}: ${visible(database.target)}\n${windowText(analysis)}`,
    classText(analysis, style),
    `measured:\n${measuredText(analysis, style)}`,
    findings.length === 0
      ? "no findings\n"
      : findings.map((finding) => findingText(finding, style)).join("\n"),
  ];
  return parts.join("\n");
};
