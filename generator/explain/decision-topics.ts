import { factsOf } from "../engines/index.ts";
import type { Decision, Plan } from "../plan/types.ts";
import { quoteRows } from "./quote-rows.ts";
import { explanation, type Topic } from "./topic.ts";
import { valueText } from "./value-text.ts";
import { wordsOf } from "./words.ts";

interface Place {
  readonly group: string;
  readonly name: string;
}

export const databaseGroup = (plan: Plan, name: string): string => {
  const database = plan.databases.find((each) => each.name === name);
  if (database === undefined) return name;
  return `${name} (${factsOf(database.engine).title}${database.version ? ` ${database.version}` : ""})`;
};

export const filesystemGroup = (plan: Plan, position: number): string =>
  `Filesystem ${plan.filesystems[position]?.label ?? position}`;

/** Where a decision is listed: ids are "filesystem.0.nodesize", "scrub", "orders.layout", "orders.setting.fsync". */
const placeOf = (plan: Plan, { id, value }: Decision): Place => {
  const [first = "", second = "", ...rest] = id.split(".");
  if (first === "filesystem") return { group: filesystemGroup(plan, Number(second)), name: rest.join(".") };
  if (second === "") return { group: "Host", name: first };
  const group = databaseGroup(plan, first);
  if (second !== "setting" && second !== "init") return { group, name: second };
  return { group: `${group}: settings`, name: second === "init" ? String(value) : rest.join(".") };
};

/** What people call decisions that their ids do not say. */
const called: Readonly<Record<string, readonly string[]>> = {
  "data-profile": ["raid", "raid0", "raid1", "raid5", "raid6", "raid10", "mirror", "redundancy", "single"],
  "metadata-profile": ["raid", "dup", "mirror", "redundancy"],
  nodesize: ["leafsize", "node", "mkfs"],
  checksum: ["csum", "crc32c", "xxhash", "mkfs"],
  "mount-options": ["nodatacow", "noatime", "autodefrag", "discard", "compress", "commit", "nofail", "ssd"],
  scrub: ["scrubbing", "balance"],
  layout: ["layout", "copy-on-write"],
  snapshots: ["snapshot", "btrbk", "retention", "keep"],
  cluster: [
    "replication",
    "patroni",
    "galera",
    "streaming",
    "gtid",
    "etcd",
    "failover",
    "members",
    "primary",
  ],
  rejoin: ["pg_rewind", "basebackup", "sst", "ist", "member", "replica"],
  gcache: ["galera", "certification", "cache", "ring"],
  clones: ["clone", "thin", "development", "test", "copy", "copies"],
  backup: ["backups", "pgbackrest", "dump", "restore", "recovery"],
};

const wordsFor = (decision: Decision, { group, name }: Place): string[] => [
  ...wordsOf(decision.id.replaceAll(".", " "), group, name, decision.title),
  ...(called[name] ?? []),
];

/** Directories and their flags follow from the layout. */
const placesOf = ({ id, pointer }: Decision): string[] =>
  id.endsWith(".layout") ? [pointer.replace(/layout$/, "directories")] : [];

/** A title without the value, which is told beside it. */
const titleOf = ({ title, value }: Decision): string => title.replace(`: ${valueText(value)}`, "");

/** What the planner decided, each as plan.json has it. */
export const decisionTopics = (plan: Plan): Topic[] =>
  plan.decisions.map((decision) => {
    const place = placeOf(plan, decision);
    const { id, pointer, value, reason, candidates, sources, confidence, overridden } = decision;
    return {
      id,
      pointer,
      alsoAt: placesOf(decision),
      ...place,
      value,
      words: wordsFor(decision, place),
      explain: (evidence) =>
        explanation({
          ...{ id, pointer, title: titleOf(decision), value, origin: "decision", reason },
          ...{ candidates, sources, confidence, overridden },
          ...quoteRows(evidence, decision.evidence),
        }),
    };
  });
