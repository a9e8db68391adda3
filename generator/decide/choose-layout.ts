import type { Evidence } from "../evidence/schema.ts";
import type { LayoutChoice, Nodesize } from "../layout/layout-choice.ts";
import type { Problem } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import { candidateLayouts } from "./candidates.ts";
import { type Constraint, constraints } from "./constraints.ts";
import { type Score, scoreLayout } from "./score.ts";
import type { Situation } from "./situation.ts";

export interface WeighedLayout {
  readonly layout: LayoutChoice;
  /** The constraints that it breaks, in the order of the table; none where it may be chosen. */
  readonly broken: readonly Constraint[];
  readonly score: Score | null;
}

export interface LayoutTable {
  readonly situation: Situation;
  readonly rows: readonly WeighedLayout[];
  readonly chosen: WeighedLayout & { readonly score: Score };
}

const weigh = (evidence: Evidence, situation: Situation, layout: LayoutChoice): WeighedLayout => {
  const broken = constraints.filter((constraint) => constraint.breaks(layout, situation));
  return { layout, broken, score: broken.length === 0 ? scoreLayout(evidence, layout, situation) : null };
};

/** The best row of one node size; ties go to the row that comes first, which is the plainer one. */
const bestRow = (rows: readonly WeighedLayout[], nodesize: Nodesize) =>
  rows
    .filter(
      (row): row is WeighedLayout & { score: Score } =>
        row.score !== null && row.layout.nodesize === nodesize,
    )
    .reduce<(WeighedLayout & { score: Score }) | null>(
      (best, row) => (best === null || row.score.total > best.score.total ? row : best),
      null,
    );

/** The invariant that stands in the way of an override comes first: it is what the owner must hear of. */
const refusal = (situation: Situation, rows: readonly WeighedLayout[]): Problem => {
  const { override } = situation.database;
  const wanted = rows.filter((row) => !row.broken.some((c) => c.id.startsWith("override-")));
  const reasons = [...new Set((wanted.length > 0 ? wanted : rows).flatMap((row) => row.broken))];
  return {
    file: "",
    pointer: `/databases/${situation.index}${override ? "/override" : ""}`,
    found: override ? JSON.stringify(override) : "wishes that no layout can meet together",
    allowed: reasons
      .map((c) => `${c.reason(situation)}${c.invariant ? ` (invariant ${c.invariant})` : ""}`)
      .join("\n"),
    fix: override ? "Remove what contradicts this from the override." : "Relax one of the wishes.",
  };
};

export interface PoolLayouts {
  readonly nodesize: Nodesize;
  readonly tables: readonly LayoutTable[];
  /** What each node size gives, summed over the databases; null where some database has no layout with it. */
  readonly nodesizeScores: ReadonlyMap<Nodesize, number | null>;
}

const sumOfBest = (all: readonly (readonly WeighedLayout[])[], nodesize: Nodesize): number | null => {
  const best = all.map((rows) => bestRow(rows, nodesize));
  return best.every((row) => row !== null) ? best.reduce((sum, row) => sum + row.score.total, 0) : null;
};

/**
 * Lays out all databases of one filesystem together, because the node size is the filesystem's: for each node
 * size every database takes its best layout, and the node size with the best sum wins.
 *
 * @throws Refusal where a database has no layout that keeps all constraints.
 */
export const choosePoolLayouts = (
  evidence: Evidence,
  situations: readonly Situation[],
  nodesizes: readonly Nodesize[],
): PoolLayouts => {
  const weighed = situations.map((s) =>
    candidateLayouts(nodesizes).map((layout) => weigh(evidence, s, layout)),
  );
  const hopeless = situations.filter((_, i) => weighed[i]?.every((row) => row.score === null));
  if (hopeless.length > 0)
    throw new Refusal(hopeless.map((s) => refusal(s, weighed[situations.indexOf(s)] ?? [])));
  const scores = new Map(nodesizes.map((nodesize) => [nodesize, sumOfBest(weighed, nodesize)]));
  const nodesize = bestNodesize(scores);
  const tables = situations.map((situation, i) => {
    const rows = weighed[i] ?? [];
    const chosen = bestRow(rows, nodesize);
    if (chosen === null)
      throw new Error(`no layout of ${situation.database.name} with node size ${nodesize}`);
    return { situation, rows, chosen };
  });
  return { nodesize, tables, nodesizeScores: scores };
};

/** Without a database nothing speaks against mkfs's own default, 16 KiB. */
const bestNodesize = (scores: ReadonlyMap<Nodesize, number | null>): Nodesize => {
  const ranked = [...scores].sort((a, b) => (b[1] ?? -Infinity) - (a[1] ?? -Infinity) || b[0] - a[0]);
  return ranked[0]?.[0] ?? 16384;
};
