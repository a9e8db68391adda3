import { factsOf } from "../engines/index.ts";
import type { Component, ComponentId } from "../engines/types.ts";
import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Candidate, Decision, Plan, PlannedDatabase } from "../plan/types.ts";
import { componentRemarks } from "./component-topics.ts";
import { databaseGroup } from "./decision-topics.ts";
import { quoteRows } from "./quote-rows.ts";
import { type Alternative, explanation, type Topic } from "./topic.ts";
import { wordsOf } from "./words.ts";

type Dimension = Exclude<keyof LayoutChoice, "nodesize">;

interface DimensionFacts {
  readonly dimension: Dimension;
  readonly title: string;
  /** The part of the database that it is about. */
  readonly component: ComponentId | null;
  readonly words: readonly string[];
  readonly engines?: readonly PlannedDatabase["engine"][];
}

/** The node size belongs to the filesystem, and is explained there. */
const dimensions: readonly DimensionFacts[] = [
  {
    dimension: "data",
    title: "whether the data is copied on write",
    component: "data",
    words: ["cow", "nocow", "datacow", "copy-on-write", "chattr", "+c"],
  },
  {
    dimension: "log",
    title: "where the log lies, and whether it is copied on write",
    component: "log",
    words: ["wal", "redo", "nocow", "cow", "xfs", "chattr", "+c"],
  },
  {
    dimension: "compression",
    title: "compression of the data",
    component: null,
    words: ["compress", "zstd", "compressed"],
  },
  {
    dimension: "logSync",
    title: "how the log reaches the disk",
    component: null,
    words: ["sync", "o_dsync", "open_datasync", "fdatasync", "flush"],
    engines: ["postgresql"],
  },
];

const layoutOf = ({ value }: Candidate): LayoutChoice => value as LayoutChoice;

const alternative = (decision: Decision, dimension: Dimension, value: string): Alternative => {
  const having = decision.candidates.filter((candidate) => layoutOf(candidate)[dimension] === value);
  const scored = having.filter(({ dropped }) => dropped === null);
  const dropped = having.flatMap((candidate) => candidate.dropped ?? []);
  return {
    value,
    chosen: (decision.value as LayoutChoice)[dimension] === value,
    // Candidates come best first; the chosen one stands for its value whatever an override did to the order.
    best: scored.find(({ chosen }) => chosen) ?? scored[0] ?? null,
    dropped: scored.length > 0 ? [] : [...new Map(dropped.map((each) => [each.constraint, each])).values()],
  };
};

const alternatives = (decision: Decision, dimension: Dimension): Alternative[] => {
  const values = [...new Set(decision.candidates.map((candidate) => layoutOf(candidate)[dimension]))];
  return values
    .map((value) => alternative(decision, dimension, value))
    .toSorted(
      (a, b) =>
        Number(b.chosen) - Number(a.chosen) || (b.best?.score ?? -Infinity) - (a.best?.score ?? -Infinity),
    );
};

const directoriesOf = (database: PlannedDatabase, index: number, component: ComponentId | null): string[] =>
  database.directories.flatMap((directory, i) =>
    directory.component === component ? [`/databases/${index}/directories/${i}`] : [],
  );

const topic = (
  plan: Plan,
  database: PlannedDatabase,
  index: number,
  decision: Decision,
  facts: DimensionFacts,
): Topic => {
  const { dimension, title, component: id, words } = facts;
  const value = database.layout[dimension];
  const component = factsOf(database.engine).components.find((each) => each.id === id);
  const pointer = `${decision.pointer}/${dimension}`;
  const named = { id: `${decision.id}.${dimension}`, pointer, value };
  return {
    ...named,
    alsoAt: directoriesOf(database, index, id),
    group: databaseGroup(plan, database.name),
    name: `layout: ${dimension}`,
    words: [
      ...wordsOf(database.name, dimension, title, value, ...(component?.files ?? []), component?.title ?? ""),
      ...words,
    ],
    explain: (evidence) =>
      explanation({
        ...named,
        title: `${database.name}: ${title}`,
        origin: "decision",
        reason: decision.reason,
        confidence: decision.confidence,
        overridden: decision.overridden,
        remarks: component ? componentRemarks(component) : [],
        alternatives: alternatives(decision, dimension),
        ...quoteRows(evidence, decision.evidence),
        sources: [...decision.sources, ...(component ? sourcesOf(component) : [])],
      }),
  };
};

const sourcesOf = (component: Component) => [...component.pattern.sources, ...component.inSnapshot.sources];

/** The dimensions of each database's layout, as questions of their own. */
export const layoutTopics = (plan: Plan): Topic[] =>
  plan.databases.flatMap((database, index) => {
    const decision = plan.decisions.find(({ id }) => id === `${database.name}.layout`);
    if (decision === undefined) return [];
    return dimensions
      .filter(({ engines }) => engines?.includes(database.engine) ?? true)
      .map((facts) => topic(plan, database, index, decision, facts));
  });
