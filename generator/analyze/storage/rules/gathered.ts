import { dirname } from "node:path";
import { isBelow } from "../../../paths.ts";
import type { StorageComponent } from "../../capture/storage.ts";
import { isDirectory, type Placed } from "./seen.ts";

const said = 3;

const named = (names: readonly string[]): string => {
  const more = names.length - said;
  return names.length === 0
    ? ""
    : ` ${names.slice(0, said).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
};

/** "the data and the log", "the data a.db, b.db". */
export const titleOf = (components: readonly StorageComponent[]): string => {
  const roles = [...new Set(components.map(({ role }) => role))];
  return roles
    .map((role) => {
      const names = components.filter((each) => each.role === role).flatMap(({ name }) => name ?? []);
      return `the ${role}${named(names)}`;
    })
    .join(" and ");
};

export type Group = readonly [Placed, ...Placed[]];

const grouped = (components: readonly Placed[], keyOf: (component: Placed) => string): readonly Group[] => {
  const groups = new Map<string, [Placed, ...Placed[]]>();
  for (const component of components) {
    const group = groups.get(keyOf(component));
    if (group === undefined) groups.set(keyOf(component), [component]);
    else group.push(component);
  }
  return [...groups.values()];
};

/** Components by where they are mounted, so that what holds for a mount is said once. */
export const byMountPoint = (components: readonly Placed[]): readonly Group[] =>
  grouped(components, ({ mount }) => mount.mountPoint);

/** Components whose files lie in one directory, as if they were one: they have its flags, and are moved together. */
export interface Gathered extends Placed {
  readonly title: string;
}

const deepest = (paths: readonly string[]): string | undefined =>
  [...paths].sort((a, b) => b.length - a.length)[0];

/** A single file counts to the directory of another component that holds it, however far up. */
const holderOf = (component: Placed, all: readonly Placed[]): string => {
  if (isDirectory(component)) return component.realPath;
  const holders = all.filter(isDirectory).map(({ realPath }) => realPath);
  return deepest(holders.filter((path) => isBelow(path, component.realPath))) ?? dirname(component.realPath);
};

const unique = <T extends { readonly path: string }>(all: readonly T[]): T[] => [
  ...new Map(all.map((each) => [each.path, each])).values(),
];

const asOne = (components: readonly [Placed, ...Placed[]]): Gathered => ({
  ...(components.find(isDirectory) ?? components[0]),
  title: titleOf(components),
  sampledFiles: unique(components.flatMap(({ sampledFiles }) => sampledFiles)),
  directories: unique(components.flatMap(({ directories }) => directories)),
  nested: unique(components.flatMap(({ nested }) => nested)),
});

export const gathered = (components: readonly Placed[]): readonly Gathered[] =>
  grouped(components, (component) => holderOf(component, components)).map(asOne);
