import { isAboutLayouts, plainBtrfsOf } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow } from "../../evidence/schema.ts";
import { btrfsDefaults, sameLayout } from "../../layout/layout-choice.ts";
import { flushSentences } from "./flushes.ts";
import { bestOf, type Claimed, claims, differs, isChecked, leadingOf, ranked } from "./leading.ts";
import type { MeasuredBatch } from "./measured-batch.ts";
import { plainBtrfs, plainXfs, quoted, statement, superlative } from "./phrases.ts";
import { variationSentences } from "./variations.ts";
import { counted } from "./words.ts";

/** Whose best is told: all layouts on Btrfs, or some of them. */
interface Scope {
  readonly of: string;
  readonly none: string;
  readonly has: (row: EvidenceRow) => boolean;
}

const everyLayout: Scope = { of: "Of the layouts on Btrfs", none: "No layout on Btrfs", has: () => true };
const checkedLayouts: Scope = {
  of: "Of those that keep checksums of the data",
  none: "None of those that keep checksums of the data",
  has: isChecked,
};

const near = (measured: MeasuredBatch, metric: Claimed, scope: Scope, top: EvidenceRow): string[] => {
  const others = ranked(measured, metric).filter(
    (row) => scope.has(row) && row !== top && !differs(measured, metric, top, row),
  );
  return others.length === 0
    ? []
    : [`${counted(others.length, "other layout is", "other layouts are")} as good within the noise.`];
};

const bytes = "bytesPerTransaction";

/** Beside its rate, what it writes. */
const alsoWrites = (measured: MeasuredBatch, metric: Claimed, row: EvidenceRow): string[] =>
  metric === "transactionsPerSecond" ? statement(measured, "It", bytes, row) : [];

/** Where no rate beats plain Btrfs, what is written may. */
const butWrites = (measured: MeasuredBatch, metric: Claimed, scope: Scope): string[] => {
  const least = metric === "transactionsPerSecond" ? bestOf(measured, bytes, scope.has) : undefined;
  return least !== undefined && differs(measured, bytes, least, plainBtrfsOf(measured.rows))
    ? [superlative(measured, quoted(least), bytes, least)]
    : [];
};

const noneBeatsPlain = (measured: MeasuredBatch, metric: Claimed, scope: Scope): string[] => [
  `${scope.none} ${claims[metric].noneBetter} than plain Btrfs by more than the noise.`,
  ...butWrites(measured, metric, scope),
];

const best = (measured: MeasuredBatch, metric: Claimed, scope: Scope): string[] => {
  const plain = plainBtrfsOf(measured.rows);
  const top = bestOf(measured, metric, scope.has);
  if (top === undefined || plain?.metrics[metric] === undefined) return [];
  const sentences = differs(measured, metric, top, plain)
    ? [
        superlative(measured, `${scope.of}, ${quoted(top)}`, metric, top),
        ...alsoWrites(measured, metric, top),
        ...near(measured, metric, scope, top),
      ]
    : noneBeatsPlain(measured, metric, scope);
  return [sentences.join(" ")];
};

/** Common advice is NOCOW for everything, and nothing else. */
const blanketNoCow = (measured: MeasuredBatch, metric: Claimed): string[] => {
  const row = ranked(measured, metric).find(
    ({ layout }) => layout && sameLayout(layout, { ...btrfsDefaults, data: "nocow" }),
  );
  if (row === undefined || row === bestOf(measured, metric)) return [];
  return statement(measured, quoted(row), metric, row, [plainBtrfs(measured)]);
};

/** Plain Btrfs against XFS, where nothing on Btrfs beats it. */
const plainAgainstXfs = (measured: MeasuredBatch, metric: Claimed): string[] => {
  const plain = plainBtrfsOf(measured.rows);
  const top = bestOf(measured, metric);
  if (plain === undefined || top === undefined || differs(measured, metric, top, plain)) return [];
  return statement(measured, "Plain Btrfs", metric, plain, [plainXfs(measured)]);
};

const leadingSentences = (measured: MeasuredBatch, metric: Claimed): string[] => {
  const top = bestOf(measured, metric);
  return [
    ...best(measured, metric, everyLayout),
    ...(top === undefined || isChecked(top) ? [] : best(measured, metric, checkedLayouts)),
    ...plainAgainstXfs(measured, metric),
    ...blanketNoCow(measured, metric),
  ];
};

/** What the rows of a batch say, and nothing that its noise could say too; a paragraph each. */
export const sentencesOf = (measured: MeasuredBatch): string[] => {
  if (!isAboutLayouts(measured)) return variationSentences(measured);
  const [first, ...more] = leadingOf[measured.batch.workload];
  if (first === undefined) return [];
  return [
    ...leadingSentences(measured, first),
    ...more.flatMap((metric) => best(measured, metric, everyLayout)),
    ...flushSentences(measured),
    ...variationSentences(measured),
  ];
};
