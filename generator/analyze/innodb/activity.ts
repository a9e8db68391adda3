import type { RelationActivity } from "../analyzer.ts";
import type { RelationSample } from "../capture/sample.ts";
import type { Span } from "../measure/span.ts";
import { modifiedCounter, tableIo } from "./queries.ts";

interface Point {
  readonly seconds: number;
  readonly value: number;
}

/** Runs in which the counter never fell: InnoDB sets MODIFIED_COUNTER back with each new statistics of the table. */
const runsOf = (points: readonly Point[]): Point[][] => {
  const runs: Point[][] = [];
  for (const point of points) {
    const before = runs.at(-1)?.at(-1);
    if (before === undefined || point.value < before.value) runs.push([point]);
    else runs.at(-1)?.push(point);
  }
  return runs;
};

const lengthOf = (run: readonly Point[]): number => (run.at(-1)?.seconds ?? 0) - (run[0]?.seconds ?? 0);

/** Growth per second over the longest run, which may be shorter than the window; null where there is none. */
const growth = (points: readonly Point[]): number | null => {
  const longest = runsOf(points).reduce(
    (best: readonly Point[], run) => (lengthOf(run) > lengthOf(best) ? run : best),
    [],
  );
  const seconds = lengthOf(longest);
  return seconds > 0 ? ((longest.at(-1)?.value ?? 0) - (longest[0]?.value ?? 0)) / seconds : null;
};

/** What became of each table in the span; reads are known only where performance_schema counts them. */
export const activityOf = (span: Span): readonly RelationActivity[] => {
  const histories = new Map<string, { last: RelationSample; points: Record<string, Point[]> }>();
  for (const { at, relations } of span.samples)
    for (const relation of relations) {
      const history = histories.get(relation.name) ?? { last: relation, points: {} };
      histories.set(relation.name, history);
      history.last = relation;
      for (const [counter, value] of Object.entries(relation.counters)) {
        history.points[counter] ??= [];
        history.points[counter].push({ seconds: Date.parse(at) / 1000, value });
      }
    }
  return [...histories.values()].map(({ last: { name, kind, bytes }, points }) => ({
    name,
    kind,
    bytes,
    readPerSecond: growth(points[tableIo.reads] ?? []),
    writtenPerSecond: growth(points[tableIo.writes] ?? []) ?? growth(points[modifiedCounter] ?? []),
  }));
};
