import { makePlan } from "../decide/make-plan.ts";
import type { Evidence } from "../evidence/schema.ts";
import type { GeneratedFile } from "../output/generated-file.ts";
import type { Plan } from "../plan/types.ts";
import { renderPlan } from "../render/render.ts";
import type { Spec } from "../spec/schema.ts";
import {
  derivedNames,
  type HostNames,
  type NamedPlan,
  namesOf,
  renamed,
  shapesOf,
  twinOf,
} from "./host-names.ts";
import { filled, type Slotted, slotsBetween } from "./name-slots.ts";

interface SlottedFile {
  readonly path: string;
  readonly text: Slotted;
}

/** What hosts that are planned alike share: their files but for the names. */
interface SharedPlan {
  readonly plan: NamedPlan;
  readonly files: readonly SlottedFile[];
}

/** Nobody else has it yet; or it cannot be shared, because something but the names depends on the names. */
type Known = SharedPlan | "once" | "own";

/** Hosts that are planned alike come one after the other, in their group; each plan's files are half a million characters. */
const most = 16;

/** What hosts that are planned alike have in common. */
const likeness = (spec: Spec, names: HostNames): string =>
  JSON.stringify([shapesOf(names), renamed(spec, { host: "", devices: names.devices.map(() => "") })]);

/** A spec that names its host again, as a member of a cluster, says something of that host alone. */
const namesItself = (likenessOf: string, { host }: HostNames): boolean => likenessOf.includes(host);

/**
 * Makes the files of many hosts with one evidence. Hosts whose specs differ in names alone are planned and rendered once: with two
 * names that have no character in common, so that every place where the names went is seen; the others' names are put
 * into those places. The files are, byte for byte, those that each host's spec compiles to by itself.
 */
export const sharedPlans = (evidence: Evidence, specName: string) => {
  const known = new Map<string, Known>();

  /** The plans used last stay. */
  const remember = (key: string, value: Known): void => {
    known.delete(key);
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
  };

  const compiled = (spec: Spec): { plan: Plan; files: readonly GeneratedFile[] } => {
    const plan = makePlan(spec, evidence);
    return { plan, files: renderPlan(plan, specName, evidence) };
  };

  const slottedFiles = (
    one: readonly GeneratedFile[],
    other: readonly GeneratedFile[],
    names: readonly [readonly string[], readonly string[]],
  ): readonly SlottedFile[] | null => {
    if (one.length !== other.length) return null;
    const files = one.flatMap(({ path, text }, index) => {
      const twin = other[index];
      const slots = twin?.path === path ? slotsBetween(text, twin.text, ...names) : null;
      return slots ? [{ path, text: slots }] : [];
    });
    return files.length === one.length ? files : null;
  };

  const share = (spec: Spec): { files: readonly GeneratedFile[]; known: Known } => {
    const [names, twin] = [namesOf(spec), twinOf(namesOf(spec))];
    const [own, other] = [compiled(spec), compiled(renamed(spec, twin))];
    const derived = [derivedNames(names, own.plan), derivedNames(twin, own.plan)] as const;
    const files = slottedFiles(own.files, other.files, derived);
    const { disks, logFilesystems } = own.plan;
    return { files: own.files, known: files ? { plan: { disks, logFilesystems }, files } : "own" };
  };

  /** Throws what `makePlan` throws. */
  return (spec: Spec): readonly GeneratedFile[] => {
    const names = namesOf(spec);
    const key = likeness(spec, names);
    if (namesItself(key, names)) return compiled(spec).files;
    const before = known.get(key);
    if (before === undefined || before === "own") {
      const { files } = compiled(spec);
      remember(key, before ?? "once");
      return files;
    }
    if (before === "once") {
      const shared = share(spec);
      remember(key, shared.known);
      return shared.files;
    }
    remember(key, before);
    const derived = derivedNames(names, before.plan);
    return before.files.map(({ path, text }) => ({ path, text: filled(text, derived) }));
  };
};
