import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StorageComponent, StorageFilesystem, StorageSnapshot } from "../../capture/storage.ts";
import { devicesOf, uuidOfBtrfs } from "./devices.ts";
import { ifKnown, type Known, reasonsOf } from "./known.ts";
import { type Mounted, visibleAt } from "./mounts.ts";
import { configuredAt, type Mounts } from "./place.ts";
import { ask } from "./programs.ts";
import { type SubvolumeLists, snapshotsOf } from "./subvolumes.ts";
import { parseUsage, type Usage } from "./usage.ts";

const usageOf = async (mountPoint: string): Promise<Known<Usage>> => {
  const { stdout, failure } = await ask("btrfs", ["filesystem", "usage", "-b", mountPoint]);
  if (failure !== null) return { unknown: failure };
  const value = parseUsage(stdout);
  return value === null ? { unknown: "btrfs filesystem usage printed something else" } : { value };
};

const listings: Readonly<Record<keyof SubvolumeLists, readonly string[]>> = {
  all: ["list", "-a", "-u"],
  snapshots: ["list", "-a", "-s", "-u", "-q"],
  readOnly: ["list", "-a", "-r"],
  topLevel: ["show", "-r", "5"],
};

const listsOf = async (mountPoint: string): Promise<Known<SubvolumeLists>> => {
  const answers = await Promise.all(
    Object.entries(listings).map(
      async ([name, args]) => [name, await ask("btrfs", ["subvolume", ...args, mountPoint])] as const,
    ),
  );
  const failure = answers.find(([, answer]) => answer.failure !== null)?.[1].failure;
  if (failure != null) return { unknown: failure };
  return {
    value: Object.fromEntries(
      answers.map(([name, { stdout }]) => [name, stdout]),
    ) as unknown as SubvolumeLists,
  };
};

/** dbtrfs leaves it in a snapshot that the engine starts from (modules/snapshot/take.sh). */
const mark = ".dbtrfs-snapshot";

const throughEngine = (path: string, mounts: readonly Mounted[]): boolean | null => {
  const visible = visibleAt(mounts, path);
  return visible === null || !existsSync(visible) ? null : existsSync(join(visible, mark));
};

const snapshotsIn = async (
  mountPoint: string,
  mounts: readonly Mounted[],
  subvolumes: ReadonlySet<string>,
): Promise<Known<StorageSnapshot[]>> => {
  const lists = await listsOf(mountPoint);
  if ("unknown" in lists) return lists;
  return {
    value: snapshotsOf(lists.value, subvolumes).map((snapshot) => ({
      ...snapshot,
      throughEngine: throughEngine(snapshot.path, mounts),
    })),
  };
};

/** Looks at a Btrfs filesystem as a whole. */
export const inspectFilesystem = async (
  uuid: string,
  components: readonly StorageComponent[],
  mounts: Mounts,
): Promise<StorageFilesystem> => {
  const on = components.filter(({ mount }) => mount?.uuid === uuid);
  const mountPoint = on[0]?.mount?.mountPoint ?? "/";
  const rows = mounts.all.filter((row) => row.type === "btrfs" && uuidOfBtrfs(row) === uuid);
  const subvolumes = new Set(on.flatMap(({ subvolume }) => subvolume ?? []));
  const usage = await usageOf(mountPoint);
  const snapshots = await snapshotsIn(mountPoint, rows, subvolumes);
  const { dataProfiles = null, metadataProfiles = null, space = null } = ifKnown(usage) ?? {};
  return {
    uuid,
    mountPoint,
    dataProfiles,
    metadataProfiles,
    devices: [...devicesOf(uuid)],
    mounts: rows.map((row) => ({
      mountPoint: row.mountPoint,
      subvolume: row.subvolume,
      options: [...row.options],
      configuredOptions: configuredAt(row.mountPoint, mounts),
    })),
    space,
    snapshots: ifKnown(snapshots),
    unknown: reasonsOf({ space: usage, snapshots }),
  };
};
