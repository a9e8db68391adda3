import { isAboutLayouts, isCandidate, plainBtrfsOf, plainXfsOf } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow } from "../../evidence/schema.ts";
import { btrfsDefaults, type LayoutChoice, sameLayout } from "../../layout/layout-choice.ts";
import { type Comparison, compare, type MeasuredBatch } from "../benchmarks/measured-batch.ts";
import { counted, ratioText } from "../benchmarks/words.ts";

/** Two runs side by side: one with a mechanism, and the one that it is compared with. */
export interface Pair {
  readonly measured: MeasuredBatch;
  readonly with: EvidenceRow;
  readonly without: EvidenceRow;
  /** Whether nothing else differed; else the node size did. */
  readonly alone: boolean;
}

export type FindPair = (measured: MeasuredBatch) => Pair | null;

/** What a mechanism changes of a layout that has not got it yet. */
export interface Change {
  readonly from: Partial<LayoutChoice>;
  readonly to: Partial<LayoutChoice>;
}

const has = (layout: LayoutChoice, wanted: Partial<LayoutChoice>): boolean =>
  sameLayout(layout, { ...layout, ...wanted });

/** In how many dimensions a layout differs from plain Btrfs. */
const unlikePlain = (layout: LayoutChoice): number =>
  Object.entries(btrfsDefaults).filter(
    ([dimension, value]) => layout[dimension as keyof LayoutChoice] !== value,
  ).length;

/** Servers as a plan sets them, on several layouts. */
const isComparable = (measured: MeasuredBatch): boolean =>
  measured.batch.representative && isAboutLayouts(measured);

/** The plainest pair that differs in nothing else; or plain Btrfs and the change with another node size. */
export const changed =
  ({ from, to }: Change): FindPair =>
  (measured) => {
    const rows = measured.rows
      .filter(isCandidate)
      .toSorted((a, b) => unlikePlain(a.layout) - unlikePlain(b.layout));
    const pairs = rows
      .filter(({ layout }) => has(layout, from))
      .flatMap((without) => {
        const found = rows.find(({ layout }) => sameLayout(layout, { ...without.layout, ...to }));
        return found === undefined ? [] : [{ measured, with: found, without, alone: true }];
      });
    const plain = plainBtrfsOf(rows);
    const near = rows.find(
      ({ layout }) =>
        has(layout, to) && sameLayout(layout, { ...btrfsDefaults, ...to, nodesize: layout.nodesize }),
    );
    if (pairs.length > 0) return pairs[0] ?? null;
    return plain && near && has(plain.layout, from)
      ? { measured, with: near, without: plain, alone: false }
      : null;
  };

/** Plain Btrfs beside XFS. */
export const plainBesideXfs: FindPair = (measured) => {
  const [plain, xfs] = [plainBtrfsOf(measured.rows), plainXfsOf(measured.rows)];
  return plain && xfs ? { measured, with: plain, without: xfs, alone: true } : null;
};

export const pairsIn = (batches: readonly MeasuredBatch[], find: FindPair): Pair[] =>
  batches.filter(isComparable).flatMap((measured) => find(measured) ?? []);

type Metric = keyof EvidenceRow["metrics"];

export const effectOf = (pair: Pair, metric: Metric): Comparison | null =>
  compare(pair.measured.batch, metric, pair.with, pair.without);

/** "0.97 to 1.24 times as many in 5 batches, by more than the noise in 1 of them"; null where no batch has both. */
export const spanText = (pairs: readonly Pair[], metric: Metric, as: string): string | null => {
  const found = pairs.flatMap((pair) => effectOf(pair, metric) ?? []);
  const ratios = found.map(({ ratio }) => ratio);
  if (ratios.length === 0) return null;
  const [low, high] = [ratioText(Math.min(...ratios)), ratioText(Math.max(...ratios))];
  const beyond = found.filter(({ differs }) => differs).length;
  const span = low === high ? low : `${low} to ${high}`;
  return `${span} times ${as} in ${counted(found.length, "batch", "batches")}, by more than the noise in ${beyond}`;
};
