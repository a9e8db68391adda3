import { plainBtrfsOf, plainXfsOf } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow } from "../../evidence/schema.ts";
import { type Claimed, claims } from "./leading.ts";
import { type Comparison, compare, type MeasuredBatch } from "./measured-batch.ts";
import { joined, ratioText } from "./words.ts";

/** What a row is compared with. */
export interface Other {
  readonly name: string;
  readonly row: EvidenceRow | undefined;
}

export const plainBtrfs = ({ rows }: MeasuredBatch): Other => ({
  name: "plain Btrfs",
  row: plainBtrfsOf(rows),
});

export const plainXfs = ({ rows }: MeasuredBatch): Other => ({ name: "XFS", row: plainXfsOf(rows) });

export const quoted = ({ title }: EvidenceRow): string => `"${title}"`;

interface Found extends Comparison {
  readonly name: string;
}

const comparisons = (
  { batch }: MeasuredBatch,
  metric: Claimed,
  row: EvidenceRow,
  others: readonly Other[],
): Found[] =>
  others.flatMap(({ name, row: other }) => {
    const found = other === undefined || other === row ? null : compare(batch, metric, row, other);
    return found === null ? [] : [{ name, ...found }];
  });

/** "2.1 times as many as plain Btrfs and as many as XFS (within the noise)", the first with the word `first`. */
const inWords = (found: readonly Found[], first: string, more: string): string => {
  if (!found.some(({ differs }) => differs))
    return `as ${first} as ${joined(found.map(({ name }) => name))} (within the noise)`;
  const parts = found.map(({ name, ratio, differs }, index) => {
    const as = `as ${index === 0 ? first : more} as ${name}`;
    return differs ? `${ratioText(ratio)} times ${as}` : `${as} (within the noise)`;
  });
  return joined(parts);
};

/** `subject` with what it does, compared with plain Btrfs and XFS; nothing where neither has the metric. */
export const statement = (
  measured: MeasuredBatch,
  subject: string,
  metric: Claimed,
  row: EvidenceRow,
  others: readonly Other[] = [plainBtrfs(measured), plainXfs(measured)],
): string[] => {
  const { verb, as, asShort } = claims[metric];
  const found = comparisons(measured, metric, row, others);
  return found.length === 0 ? [] : [`${subject} ${verb} ${inWords(found, as, asShort)}.`];
};

/** `subject` as the best by a metric. */
export const superlative = (
  measured: MeasuredBatch,
  subject: string,
  metric: Claimed,
  row: EvidenceRow,
): string => {
  const { best, asShort } = claims[metric];
  const found = comparisons(measured, metric, row, [plainBtrfs(measured), plainXfs(measured)]);
  return `${subject} ${best}${found.length === 0 ? "" : `: ${inWords(found, asShort, asShort)}`}.`;
};
