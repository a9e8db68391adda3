import type { StorageSnapshot } from "../../capture/storage.ts";

/** A row of `btrfs subvolume list -a`. */
interface Listed {
  readonly path: string;
  readonly uuid: string | null;
  readonly parentUuid: string | null;
  /** In UTC where the program ran with TZ=UTC. */
  readonly madeAt: string | null;
}

const topLevel = "<FS_TREE>";

/** With -a a path is that within the filesystem, some with a prefix. */
const absolute = (path: string): string => `/${path.replace(`${topLevel}/`, "")}`;

const value = (head: string, name: string): string | null => {
  const found = new RegExp(`(?:^| )${name} (\\S+)`).exec(head)?.[1];
  return found === undefined || found === "-" ? null : found;
};

/** Rows of `btrfs subvolume list -a`, with any of -s, -u, -q, -r. */
export const parseSubvolumes = (text: string): readonly Listed[] =>
  [...text.matchAll(/^(ID \d+ .*?) path (.*)$/gm)].map(([, head = "", path = ""]) => ({
    path: absolute(path),
    uuid: value(head, "uuid"),
    parentUuid: value(head, "parent_uuid"),
    madeAt: /otime (\S+ \S+)/.exec(head)?.[1] ?? null,
  }));

/** What `btrfs subvolume show -r 5` prints of the top level, which no list has. */
export const parseTopLevelUuid = (text: string): string | null =>
  /^\s*UUID:\s+([0-9a-f-]{36})$/m.exec(text)?.[1] ?? null;

export interface SubvolumeLists {
  /** list -a -u */
  readonly all: string;
  /** list -a -s -u -q */
  readonly snapshots: string;
  /** list -a -r */
  readonly readOnly: string;
  /** show -r 5 */
  readonly topLevel: string;
}

export type SnapshotOf = Omit<StorageSnapshot, "throughEngine">;

/** Snapshots of the given subvolumes, the oldest first. */
export const snapshotsOf = (
  lists: SubvolumeLists,
  subvolumes: ReadonlySet<string>,
): readonly SnapshotOf[] => {
  const origins = new Map([
    [parseTopLevelUuid(lists.topLevel), "/"],
    ...parseSubvolumes(lists.all).map(({ uuid, path }) => [uuid, path] as const),
  ]);
  const readOnly = new Set(parseSubvolumes(lists.readOnly).map(({ path }) => path));
  return parseSubvolumes(lists.snapshots)
    .flatMap(({ path, parentUuid, madeAt }) => {
      const of = parentUuid === null ? undefined : origins.get(parentUuid);
      if (of === undefined || !subvolumes.has(of) || madeAt === null) return [];
      return [{ path, of, readOnly: readOnly.has(path), at: `${madeAt.replace(" ", "T")}Z` }];
    })
    .sort((a, b) => a.at.localeCompare(b.at));
};
