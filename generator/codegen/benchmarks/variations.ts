import { isCandidate, isVaried } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow } from "../../evidence/schema.ts";
import { describeLayout } from "../../layout/describe-layout.ts";
import { sameLayout } from "../../layout/layout-choice.ts";
import { type Comparison, compare, type MeasuredBatch } from "./measured-batch.ts";
import { quoted } from "./phrases.ts";
import { joined, ratioText } from "./words.ts";

/** Stands behind the name of a row that differs in more than its layout. */
export const variedMark = "†";

/** The row with the same layout and nothing else. */
const baseOf = ({ rows }: MeasuredBatch, { layout }: EvidenceRow): EvidenceRow | undefined =>
  rows.filter(isCandidate).find((row) => layout !== null && sameLayout(row.layout, layout));

const metric = "transactionsPerSecond";

interface Effect extends Comparison {
  readonly row: EvidenceRow;
}

const effectsIn = (measured: MeasuredBatch): Effect[] =>
  measured.rows.filter(isVaried).flatMap((row) => {
    const base = baseOf(measured, row);
    const found = base === undefined ? null : compare(measured.batch, metric, row, base);
    return found === null ? [] : [{ row, ...found }];
  });

const withRatio = ({ row, ratio }: Effect): string => `${quoted(row)} (${ratioText(ratio)} times)`;

const sentence = (
  start: string,
  effects: readonly Effect[],
  inWords: (effect: Effect) => string,
): string[] => (effects.length === 0 ? [] : [`${start}: ${joined(effects.map(inWords))}.`]);

/** What else than the layout changed the rate, against the same layout without it; and what did not. */
export const variationSentences = (measured: MeasuredBatch): string[] => {
  const effects = effectsIn(measured);
  const beyond = effects.filter(({ differs }) => differs);
  return [
    ...sentence(
      "More transactions than the same layout without it",
      beyond.filter(({ ratio }) => ratio > 1),
      withRatio,
    ),
    ...sentence(
      "Fewer than the same layout without it",
      beyond.filter(({ ratio }) => ratio < 1),
      withRatio,
    ),
    ...sentence(
      "As many as the same layout without it, within the noise",
      effects.filter(({ differs }) => !differs),
      ({ row }) => quoted(row),
    ),
  ];
};

const changesOf = ({ variation }: EvidenceRow): string =>
  Object.entries(variation)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

const likeOf = (measured: MeasuredBatch, row: EvidenceRow): string => {
  const base = baseOf(measured, row);
  if (base !== undefined) return quoted(base);
  return row.layout === null ? row.filesystem : describeLayout(row.layout);
};

/** What each varied row changes, on what layout. */
export const variationNotes = (measured: MeasuredBatch): string[] => {
  const varied = measured.rows.filter(isVaried);
  return [
    ...(varied.length === 0
      ? []
      : [`${variedMark} differs in more than its layout, so that the planner does not choose by it:`]),
    ...varied.map((row) => `${variedMark} ${row.title}: ${likeOf(measured, row)} with ${changesOf(row)}.`),
  ];
};
