import { versionText } from "../../engines/version-text.ts";
import type { Batch, EvidenceRow } from "../../evidence/schema.ts";
import type { Style } from "../../problem.ts";
import { visible } from "../../visible.ts";
import type { Explanation, QuotedRow } from "../topic.ts";
import { measuredText, metricNames, metricTitle } from "./metrics.ts";
import { heading, paragraph, table } from "./section.ts";

/** Noise of nought is that of a batch that ran each row once. */
const noise = ({ noisePercent }: Batch): string =>
  noisePercent === 0
    ? "Each ran once: how far runs differ is not known."
    : `Equal layouts would differ by up to ${noisePercent} %.`;

const conditions = (batch: Batch): string => {
  const { engine, engineVersion, kernel, cpus, device, date, load } = batch;
  const day = date === null ? "" : ` on ${date}`;
  const server = `${versionText(engine, engineVersion)}, kernel ${kernel}, ${cpus} cores, ${device}${day}`;
  return `${server}. ${load.replace(/[.\s]*$/, "")}. ${noise(batch)}`;
};

const rowTable = ({ row, plainBtrfs, xfs }: QuotedRow): string => {
  const beside = [
    { title: "plain Btrfs", row: plainBtrfs },
    { title: "XFS", row: xfs },
  ].filter((each): each is { title: string; row: EvidenceRow } => each.row !== null && each.row !== row);
  const measured = metricNames.filter((metric) => row.metrics[metric] !== undefined);
  return table(
    ["", "this", ...beside.map(({ title }) => title)],
    measured.map((metric): [string, ...string[]] => [
      metricTitle(metric),
      ...[row, ...beside.map((each) => each.row)].map((each) => measuredText(metric, each.metrics[metric])),
    ]),
  );
};

const quoted = (quote: QuotedRow, style: Style): string => {
  const { id, title, note } = quote.row;
  return [
    `  ${style("strong", visible(id))}\n`,
    paragraph(`${title}.${note ? ` ${note}` : ""}`, 4),
    rowTable(quote),
  ].join("");
};

const batchText = (quotes: readonly QuotedRow[], style: Style): string => {
  const batch = quotes[0]?.batch;
  if (batch === undefined) return "";
  return [
    ...quotes.map((quote) => quoted(quote, style)),
    paragraph(`Measured: ${conditions(batch)}`, 4),
    paragraph(`Again: ${batch.reproduce}`, 4),
  ].join("");
};

const missing = ({ missingEvidence }: Explanation): string =>
  missingEvidence.length === 0
    ? ""
    : paragraph(
        `Not in the evidence at hand: ${missingEvidence.join(", ")}. Name the file that the plan was made with: --evidence FILE.`,
      );

/** The rows with their numbers, those of one batch together with what ran. */
export const evidenceText = (explanation: Explanation, style: Style): string => {
  const { evidence, missingEvidence } = explanation;
  if (evidence.length + missingEvidence.length === 0) return "";
  const batches = [...Map.groupBy(evidence, ({ batch }) => batch.id).values()];
  return [
    heading("Evidence", style),
    batches.map((quotes) => batchText(quotes, style)).join("\n"),
    missing(explanation),
  ].join("");
};
