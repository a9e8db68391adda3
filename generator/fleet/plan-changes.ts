import { type LayoutChange, layoutChanges, storageLayoutOf } from "../plan/layout-changes.ts";
import type { Plan } from "../plan/types.ts";
import { show } from "../spec/pointer.ts";
import { pathIn, tokensOf } from "./set-value.ts";

/** What a change of a plan asks of a host that is installed. */
export type Consequence = "migration" | "addition" | "rebuild" | "incomparable" | "files";

export interface PlanChange {
  readonly what: string;
  readonly consequence: Consequence;
}

/** What tells the members of a plan's lists apart, for people. */
const nameOf = (member: unknown): string | undefined => {
  const { id, name, path } = Object(member) as { id?: unknown; name?: unknown; path?: unknown };
  return [id, name, path].find((value) => typeof value === "string");
};

/** "nodesize of main": a pointer into a plan in words, from the inside out. */
const inWords = (plan: unknown, pointer: string): string => {
  let value = plan;
  const words = pathIn(plan, tokensOf(pointer) ?? []).flatMap((step) => {
    value = Object(value)[step];
    if (typeof step === "string") return [step];
    const name = nameOf(value);
    return name === undefined ? [] : [name];
  });
  // The list's name says nothing that its member's does not.
  const kept = words.filter(
    (word) => !["disks", "filesystems", "databases", "logFilesystems", "directories"].includes(word),
  );
  return kept.reverse().join(" of ");
};

/** These have each host's own names in them: hosts that change alike differ there. */
const isOwn = (pointer: string): boolean => /\/(device|devices(\/\d+)?|label)$/.test(pointer);

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

const layoutText = (before: unknown, after: unknown, change: LayoutChange): string => {
  const words = inWords(change.before === undefined ? after : before, change.pointer);
  if (change.before === undefined) return `${words} is new`;
  if (change.after === undefined) return `${words} goes`;
  if (isOwn(change.pointer) || !isPlain(change.before) || !isPlain(change.after)) return `${words} changes`;
  return `${words} ${show(change.before)} → ${show(change.after)}`;
};

/** What of a plan takes effect by a rebuild, each by its name. */
const runtimeOf = (plan: Plan): Map<string, unknown> =>
  new Map([
    ["kernel", plan.system.kernel],
    ["NixOS", plan.system.nixos],
    ["scrub", plan.scrub.interval],
    ...plan.databases.flatMap((database): [string, unknown][] => [
      [`package of ${database.name}`, database.package],
      [
        `snapshots of ${database.name}`,
        database.snapshots && `${database.snapshots.every}, ${database.snapshots.keep}`,
      ],
      [
        `backup of ${database.name}`,
        database.backup && `${database.backup.method} to ${database.backup.target}`,
      ],
      ...database.settings.map((setting): [string, unknown] => [
        `${setting.name} of ${database.name}`,
        setting.value,
      ]),
    ]),
  ]);

const runtimeChanges = (before: Plan, after: Plan): PlanChange[] => {
  const [old, wanted] = [runtimeOf(before), runtimeOf(after)];
  return [...new Set([...old.keys(), ...wanted.keys()])]
    .filter((name) => show(old.get(name) ?? null) !== show(wanted.get(name) ?? null))
    .map((name) => ({
      what: `${name} ${show(old.get(name) ?? null)} → ${show(wanted.get(name) ?? null)}`,
      consequence: "rebuild",
    }));
};

/**
 * What differs between the plan.json that a host has and its new plan, in words that are the same for hosts that change
 * alike. "files" alone where no value differs: reasons, reports or the version of dbtrfs.
 */
export const planChanges = (before: unknown, after: Plan): readonly PlanChange[] => {
  const [old, wanted] = [storageLayoutOf(before), storageLayoutOf(after)];
  if (old === undefined || wanted === undefined)
    return [
      { what: "a plan.json of another version, which cannot be compared", consequence: "incomparable" },
    ];
  const layout = layoutChanges(old, wanted).map(
    (change): PlanChange => ({
      what: layoutText(before, after, change),
      consequence: change.addable ? "addition" : "migration",
    }),
  );
  // The layout's schema held, and dbtrfs wrote the rest in the same step.
  const changes = [...layout, ...runtimeChanges(before as Plan, after)];
  return changes.length > 0 ? changes : [{ what: "reasons and reports", consequence: "files" }];
};
