import type { Problem } from "../problem.ts";
import type { ClusterSpec } from "./cluster.ts";
import { clusterOf, memberName } from "./cluster-roles.ts";
import { findingIn } from "./finding.ts";
import type { Path } from "./pointer.ts";
import type { Database, Spec } from "./schema.ts";
import { seriesOf } from "./series.ts";

/** A checked spec, and the file that its problems are told in. */
export interface SpecFile {
  readonly file: string;
  readonly spec: Spec;
}

/** One host's entry of a cluster. */
interface Entry extends SpecFile {
  readonly index: number;
  readonly database: Database;
  readonly cluster: ClusterSpec;
  readonly name: string;
  readonly member: string;
}

const entriesOf = ({ file, spec }: SpecFile): Entry[] =>
  spec.databases.flatMap((database, index) => {
    const cluster = clusterOf(database);
    if (cluster === null) return [];
    const name = cluster.name ?? database.name;
    return [{ file, spec, index, database, cluster, name, member: memberName(cluster, spec.host) }];
  });

const problem = (entry: Entry, path: Path, found: string, allowed: string, fix: string): Problem =>
  findingIn(entry.file)({ path: ["databases", entry.index, ...path], found, allowed, fix });

/** What every member's spec must say alike, with where it says it and why. */
const alike: readonly {
  readonly path: Path;
  readonly value: (entry: Entry) => unknown;
  readonly why: string;
}[] = [
  { path: ["cluster", "kind"], value: (e) => e.cluster.kind, why: "a cluster is of one kind" },
  { path: ["engine"], value: (e) => e.database.engine, why: "members run one engine" },
  {
    path: ["version"],
    value: (e) => seriesOf(e.database.engine, e.database.version ?? "")?.series ?? e.database.version,
    why: "a replica reads what another member wrote only where both run one series",
  },
  {
    path: ["cluster", "members"],
    value: (e) => e.cluster.members,
    why: "all members must agree on who they are, and in this order",
  },
  { path: ["cluster", "primary"], value: (e) => e.cluster.primary, why: "exactly one member takes writes" },
  {
    path: ["cluster", "synchronous"],
    value: (e) => e.cluster.synchronous,
    why: "what a commit is worth must not change with a failover",
  },
  { path: ["cluster", "etcd"], value: (e) => e.cluster.etcd, why: "two etcds would elect two leaders" },
  {
    path: ["cluster", "copies"],
    value: (e) => e.cluster.copies,
    why: "each would count on the other's copies",
  },
];

/** PostgreSQL refuses to replay the log of a primary with more connections or workers than it has itself. */
const sized: typeof alike = [
  { path: ["connections"], value: (e) => e.database.connections, why: "a standby with fewer does not start" },
  {
    path: [],
    value: (e) => [e.spec.cpus, e.database.connections === undefined ? e.spec.memoryGiB : null],
    why: "worker processes follow from the cores and, where none are named, connections from the memory, and a standby with fewer does not start: name `connections`, and give the hosts one number of cpus",
  },
];

const text = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

const differences = (first: Entry, other: Entry): Problem[] => {
  const rules = first.cluster.kind === "postgresql-streaming" ? [...alike, ...sized] : alike;
  return rules
    .filter(({ value }) => text(value(first)) !== text(value(other)))
    .map(({ path, value, why }) =>
      problem(
        other,
        path,
        text(value(other)),
        `${text(value(first))}, as ${first.file} has it for cluster ${first.name}: ${why}`,
        "Make the members' specs agree.",
      ),
    );
};

const claimedTwice = (entries: readonly Entry[]): Problem[] =>
  entries.flatMap((entry, position) => {
    const before = entries.slice(0, position).find(({ member }) => member === entry.member);
    return before
      ? [
          problem(
            entry,
            ["cluster", "member"],
            `"${entry.member}", which ${before.file} is already`,
            "a member of its own for every host",
            "Correct `member` or the host's name in one of the two.",
          ),
        ]
      : [];
  });

const addressOf = ({ cluster, member }: Entry) =>
  cluster.members.find(({ name }) => name === member)?.address;

/** Two hosts of different clusters with one address: within a cluster each spec's own check sees it. */
const addressesTwice = (entries: readonly Entry[]): Problem[] =>
  entries.flatMap((entry, position) => {
    const before = entries
      .slice(0, position)
      .find(
        (one) =>
          one.name !== entry.name && one.spec.host !== entry.spec.host && addressOf(one) === addressOf(entry),
      );
    return before
      ? [
          problem(
            entry,
            ["cluster", "members"],
            `${addressOf(entry)} for ${entry.spec.host}`,
            `another address: ${before.file} has it for ${before.spec.host}`,
            "Correct one of the two.",
          ),
        ]
      : [];
  });

/**
 * What is wrong between the hosts of a fleet whose specs are each right by themselves: members of one cluster that
 * disagree, two hosts that are one member. Members without a spec here are not missed: their hosts may be elsewhere.
 */
export const clusterProblems = (specs: readonly SpecFile[]): Problem[] => {
  const entries = specs.flatMap(entriesOf);
  const clusters = [...Map.groupBy(entries, ({ name }) => name).values()];
  return [
    ...clusters.flatMap((members) => {
      const [first, ...others] = members;
      return first ? [...others.flatMap((other) => differences(first, other)), ...claimedTwice(members)] : [];
    }),
    ...addressesTwice(entries),
  ];
};
