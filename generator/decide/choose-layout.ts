import type { Nodesize } from "../layout/layout-choice.ts";
import type { Score } from "./score.ts";
import type { Weighed, WeighedLayout } from "./weigh-layouts.ts";

export type ScoredLayout = WeighedLayout & { readonly score: Score };

export interface LayoutTable extends Weighed {
  readonly chosen: ScoredLayout;
}

/** The best row of one node size; ties go to the row that comes first, which is the plainer one. */
const bestRow = (rows: readonly WeighedLayout[], nodesize: Nodesize): ScoredLayout | null =>
  rows
    .filter((row): row is ScoredLayout => row.score !== null && row.layout.nodesize === nodesize)
    .reduce<ScoredLayout | null>(
      (best, row) => (best === null || row.score.total > best.score.total ? row : best),
      null,
    );

const mkfsDefault: Nodesize = 16384;

export interface PoolLayouts {
  readonly nodesize: Nodesize;
  readonly tables: readonly LayoutTable[];
  /** What each node size gives, summed over the databases; null where some database has no layout with it. */
  readonly nodesizeScores: ReadonlyMap<Nodesize, number | null>;
}

const sumOfBest = (all: readonly Weighed[], nodesize: Nodesize): number | null => {
  const best = all.map(({ rows }) => bestRow(rows, nodesize));
  return best.every((row) => row !== null) ? best.reduce((sum, row) => sum + row.score.total, 0) : null;
};

/**
 * Lays out all databases of one filesystem together, because the node size is the filesystem's: for each node
 * size every database takes its best layout, and the node size with the best sum wins. Every database has an
 * admissible layout (`layoutProblems` found none).
 */
export const choosePoolLayouts = (all: readonly Weighed[], nodesizes: readonly Nodesize[]): PoolLayouts => {
  const nodesizeScores = new Map(nodesizes.map((nodesize) => [nodesize, sumOfBest(all, nodesize)]));
  const nodesize = bestNodesize(nodesizeScores, all.length);
  const tables = all.map(({ situation, rows }) => {
    const chosen = bestRow(rows, nodesize);
    if (chosen === null)
      throw new Error(`no layout of ${situation.database.name} with node size ${nodesize}`);
    return { situation, rows, chosen };
  });
  return { nodesize, tables, nodesizeScores };
};

/** Scores as near as this are equal: the noise of the batches behind them moves them as far. */
const tie = 0.1;

/**
 * Of equal ones the smallest, which wrote no more than the noise in any batch; without a database the largest: nothing
 * speaks against mkfs's own default then.
 */
const bestNodesize = (scores: ReadonlyMap<Nodesize, number | null>, databases: number): Nodesize => {
  const known = [...scores].filter((entry): entry is [Nodesize, number] => entry[1] !== null);
  const best = Math.max(...known.map(([, score]) => score));
  const equal = known
    .filter(([, score]) => score >= best - tie)
    .map(([nodesize]) => nodesize)
    .toSorted((a, b) => a - b);
  return (databases === 0 ? equal.at(-1) : equal[0]) ?? mkfsDefault;
};
