import * as z from "zod";
import { type Path, pointerTo } from "../spec/pointer.ts";

const text = z.string();

const partition = z.object({
  name: text,
  label: text,
  content: z.looseObject({ use: text }),
  luks: text.nullable(),
});

const filesystem = z.object({
  id: text,
  devices: z.array(text),
  nodesize: z.number(),
  checksum: text,
  dataProfile: text,
  metadataProfile: text,
  subvolumes: z.array(z.object({ name: text, mountPoint: text })),
});

const directory = z.object({
  path: text,
  filesystem: text,
  noCow: z.boolean(),
  compression: text.nullable(),
});

const database = z.object({
  name: text,
  filesystem: text,
  mountPoint: text,
  dataDirectory: text,
  directories: z.array(directory),
});

/**
 * The part of a plan that is made once, when a host is installed: partitions, what mkfs was told, subvolumes,
 * and where each database lies. Sizes are not in it: nothing is resized, and nothing is mounted by its size.
 */
const layoutSchema = z.object({
  planVersion: z.literal(1),
  disks: z.array(z.object({ id: text, device: text, partitions: z.array(partition) })),
  filesystems: z.array(filesystem),
  logFilesystems: z.array(z.object({ id: text, device: text, mountPoint: text })),
  databases: z.array(database),
});

export type StorageLayout = z.infer<typeof layoutSchema>;

/** The layout in a plan.json, parsed; undefined for anything else, a plan of another version too. */
export const storageLayoutOf = (document: unknown): StorageLayout | undefined =>
  layoutSchema.safeParse(document).data;

export interface LayoutChange {
  /** JSON pointer into the plan before; for what was not there, into the plan after. */
  readonly pointer: string;
  /** Undefined for what is new. */
  readonly before: unknown;
  /** Undefined for what is gone. */
  readonly after: unknown;
  /** Whether it can be made on a running host: a database or a subvolume that is new. */
  readonly addable: boolean;
}

/** What tells the members of a list apart; other lists are compared as values. */
const keys: Readonly<Record<string, string>> = {
  disks: "id",
  partitions: "name",
  filesystems: "id",
  subvolumes: "name",
  logFilesystems: "id",
  databases: "name",
  directories: "path",
};

/** Everything in which the layouts differ; what is in both but in another order does not. */
export const layoutChanges = (before: StorageLayout, after: StorageLayout): LayoutChange[] =>
  differences(before, after, []);

/** A disk that nothing lies on is no part of the layout. */
const unlessUnused = (value: unknown): unknown =>
  isJson(value) && Array.isArray(value.partitions) && value.partitions.length === 0 ? undefined : value;

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const differences = (old: unknown, wanted: unknown, path: Path): LayoutChange[] => {
  const [before, after] = [unlessUnused(old), unlessUnused(wanted)];
  const key = keys[path.at(-1) ?? ""];
  if (key && Array.isArray(before) && Array.isArray(after))
    return memberDifferences(before, after, key, path);
  if (isJson(before) && isJson(after)) return propertyDifferences(before, after, path);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ pointer: pointerTo(path), before, after, addable: before === undefined && isAddable(path) }];
};

const isAddable = (path: Path): boolean => ["databases", "subvolumes"].includes(String(path.at(-2)));

const propertyDifferences = (before: Json, after: Json, path: Path): LayoutChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    differences(before[name], after[name], [...path, name]),
  );

const memberDifferences = (before: Json[], after: Json[], key: string, path: Path): LayoutChange[] => {
  const twin = (member: Json, others: Json[]) => others.find((other) => other[key] === member[key]);
  const kept = before.flatMap((member, index) => differences(member, twin(member, after), [...path, index]));
  const added = after.flatMap((member, index) =>
    twin(member, before) ? [] : differences(undefined, member, [...path, index]),
  );
  return [...kept, ...added];
};
