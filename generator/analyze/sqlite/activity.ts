import type { RelationActivity } from "../analyzer.ts";
import type { Span } from "../measure/span.ts";
import { counters } from "./counter-names.ts";

/** Each database as a file: what its log and its change counter grew by. What is read is not seen by file. */
export const activityOf = ({ first, last, seconds }: Span): readonly RelationActivity[] => {
  const before = new Map(first.relations.map((relation) => [relation.name, relation]));
  return last.relations.map(({ name, kind, bytes, counters: now }) => {
    const then = before.get(name)?.counters;
    const grown = (counter: string) => (now[counter] ?? 0) - (then?.[counter] ?? now[counter] ?? 0);
    const written = (grown(counters.walFrames) + grown(counters.changes)) / seconds;
    return { name, kind, bytes, readPerSecond: null, writtenPerSecond: Math.max(0, written) };
  });
};
