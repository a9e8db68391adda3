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
  const nodesize = bestNodesize(nodesizeScores);
  const tables = all.map(({ situation, rows }) => {
    const chosen = bestRow(rows, nodesize);
    if (chosen === null)
      throw new Error(`no layout of ${situation.database.name} with node size ${nodesize}`);
    return { situation, rows, chosen };
  });
  return { nodesize, tables, nodesizeScores };
};

/** Without a database nothing speaks against mkfs's own default, 16 KiB. */
const bestNodesize = (scores: ReadonlyMap<Nodesize, number | null>): Nodesize => {
  const ranked = [...scores].sort((a, b) => (b[1] ?? -Infinity) - (a[1] ?? -Infinity) || b[0] - a[0]);
  return ranked[0]?.[0] ?? 16384;
};
