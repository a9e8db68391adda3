import type { RelationSample, Sample } from "../capture/sample.ts";
import type { Span } from "../measure/span.ts";

/** How a relation's counters grew within a span, and what it was at its end. */
export interface RelationGrowth {
  readonly name: string;
  readonly kind: RelationSample["kind"];
  /** The last that is known. */
  readonly bytes: number | null;
  /** By the server's names; 0 for what is not there. */
  grew(counter: string): number;
  /** n_live_tup and reltuples are no counters: their last value. */
  last(gauge: string): number;
}

/** The gauge that says how many tables of a database a sample leaves out; each database that was looked into has one. */
const unlisted = "unlisted tables.";

/** The databases of a sample that were looked into. */
export const databasesOf = ({ gauges }: Sample): readonly string[] =>
  Object.keys(gauges).flatMap((gauge) => (gauge.startsWith(unlisted) ? [gauge.slice(unlisted.length)] : []));

/** Names may have dots in them, and then the longest that fits is it. */
const databaseOf = ({ name }: RelationSample, sample: Sample): string =>
  databasesOf(sample)
    .filter((database) => name.startsWith(`${database}.`))
    .reduce((longest, each) => (each.length > longest.length ? each : longest), "");

/** A relation that was renamed is the same, and another one of its name is not. */
const keyOf = (relation: RelationSample, sample: Sample): string =>
  `${databaseOf(relation, sample)}/${relation.counters.relid ?? relation.name}`;

/** Whether a relation that is not in a sample was not there: the sample has all that there were. */
const isNew = (relation: RelationSample, after: Sample, before: Sample): boolean =>
  before.gauges[`${unlisted}${databaseOf(relation, after)}`] === 0;

type Counts = Record<string, number>;

const addGrowth = (
  total: Counts,
  before: RelationSample["counters"],
  after: RelationSample["counters"],
): void => {
  for (const [name, value] of Object.entries(after)) {
    const grown = value - (before[name] ?? 0);
    // Counts of one relation that were reset alone, or that began anew.
    total[name] = (total[name] ?? 0) + (grown < 0 ? value : grown);
  }
};

interface Tally {
  last: RelationSample;
  bytes: number | null;
  readonly total: Counts;
}

const follow = (tallies: Map<string, Tally>, before: Sample, after: Sample): void => {
  const known = new Map(before.relations.map((relation) => [keyOf(relation, before), relation.counters]));
  for (const relation of after.relations) {
    const key = keyOf(relation, after);
    const tally = tallies.get(key) ?? { last: relation, bytes: null, total: {} };
    const earlier = known.get(key) ?? (isNew(relation, after, before) ? {} : relation.counters);
    addGrowth(tally.total, earlier, relation.counters);
    tally.last = relation;
    tally.bytes = relation.bytes ?? tally.bytes;
    tallies.set(key, tally);
  }
};

/**
 * The relations of a span with what each did, from sample to sample, so that one that was made or dropped within the
 * span counts for the time that it was seen.
 */
export const relationGrowth = ({ samples }: Span): readonly RelationGrowth[] => {
  const tallies = new Map<string, Tally>();
  samples.forEach((after, index) => {
    const before = samples[index - 1];
    if (before !== undefined) follow(tallies, before, after);
  });
  return [...tallies.values()].map(({ last, bytes, total }) => ({
    name: last.name,
    kind: last.kind,
    bytes,
    grew: (counter) => total[counter] ?? 0,
    last: (gauge) => last.counters[gauge] ?? 0,
  }));
};

export const sumOf = (
  relations: readonly RelationGrowth[],
  value: (relation: RelationGrowth) => number,
): number => relations.reduce((total, relation) => total + value(relation), 0);
