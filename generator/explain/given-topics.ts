import type { Plan } from "../plan/types.ts";
import { type Path, pointerTo, valueAt } from "../spec/pointer.ts";
import { databaseGroup, filesystemGroup } from "./decision-topics.ts";
import { type Given, givens } from "./given.ts";
import { explanation, type Topic } from "./topic.ts";
import { wordsOf } from "./words.ts";

/** The places that a path with asterisks stands for. */
const places = (plan: Plan, path: readonly string[]): Path[] =>
  path.reduce<Path[]>(
    (found, token) =>
      found.flatMap((at) => {
        if (token !== "*") return [[...at, token]];
        const list = valueAt(plan, at);
        return Array.isArray(list) ? list.map((_, i) => [...at, i]) : [];
      }),
    [[]],
  );

/** "memoryGiB" and "memory", "initrdModules" and "initrd", "modules". */
const wordsOfKey = (key: string): string[] =>
  wordsOf(key, key.replace(/GiB$/, ""), key.replace(/(?<=[a-z])(?=[A-Z])/g, " "));

const groups: Readonly<Record<string, (plan: Plan, position: number) => string>> = {
  databases: (plan, position) => databaseGroup(plan, plan.databases[position]?.name ?? ""),
  filesystems: filesystemGroup,
};

const memberOf = (plan: Plan, [list = "", position = 0]: Path): string => {
  if (list === "databases") return plan.databases[Number(position)]?.name ?? "";
  if (list === "disks") return plan.disks[Number(position)]?.id ?? "";
  return typeof position === "number" ? `${list}.${position}` : String(list);
};

/** Where the plan says what the mounted directory itself is like. */
const subvolumes = (plan: Plan, [, position = 0]: Path): string[] =>
  (plan.databases[Number(position)]?.directories ?? []).flatMap(({ component }, i) =>
    component === "subvolume" ? [`/databases/${position}/directories/${i}`] : [],
  );

const topic = (plan: Plan, { origin, reason }: Given, path: Path): Topic => {
  const key = String(path.at(-1));
  const [list = "", position] = path;
  const member = memberOf(plan, path);
  const named = {
    id: member === key ? key : `${member}.${key}`,
    pointer: pointerTo(path),
    value: valueAt(plan, path),
  };
  return {
    ...named,
    alsoAt: key === "mountPoint" ? subvolumes(plan, path) : [],
    group: groups[list]?.(plan, Number(position)) ?? "Host",
    name: list === "disks" ? `${member}: ${key}` : key,
    words: [...wordsOf(named.id.replaceAll(".", " ")), ...wordsOfKey(key)],
    explain: () => explanation({ ...named, title: named.id, origin, reason }),
  };
};

/** What the spec says, and what follows from it without a choice; where a decision says more, that is told. */
export const givenTopics = (plan: Plan): Topic[] => {
  const decided = new Set(plan.decisions.map(({ pointer }) => pointer));
  return givens
    .flatMap((given) => places(plan, given.path).map((path) => topic(plan, given, path)))
    .filter(({ pointer }) => !decided.has(pointer));
};
