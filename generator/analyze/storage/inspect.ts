import { existsSync } from "node:fs";
import type { DiskKind } from "../../spec/schema.ts";
import type { Storage, StorageComponent, StoragePlace } from "../capture/storage.ts";
import { inspectComponent } from "./inspection/component.ts";
import { kindOfMount } from "./inspection/devices.ts";
import { inspectFilesystem } from "./inspection/filesystem.ts";
import { ifKnown, type Known } from "./inspection/known.ts";
import { type Mounted, mountColumns, parseFstab, parseMounts } from "./inspection/mounts.ts";
import { type Mounts, realPathOf } from "./inspection/place.ts";
import { ask } from "./inspection/programs.ts";
import { fewUnits, mostUnits, readWhenIdle } from "./inspection/sample-units.ts";

const listed = ["--json", "--list"];

const readMounts = async (fstab: string): Promise<Mounts> => {
  const mounts = await ask("findmnt", [...listed, "--nofsroot", "--output", mountColumns]);
  // It fails for a table without rows as well.
  const table = existsSync(fstab)
    ? await ask("findmnt", [...listed, "--tab-file", fstab, "--output", "TARGET,OPTIONS"])
    : { stdout: "" };
  return { all: parseMounts(mounts.stdout), configured: parseFstab(table.stdout), failure: mounts.failure };
};

/** Asked once for each device, however many components lie on it. */
const kindsOnce = (mounts: Mounts): ((mount: Mounted) => Promise<Known<DiskKind>>) => {
  const asked = new Map<string, Promise<Known<DiskKind>>>();
  return (mount) => {
    const known = asked.get(mount.device) ?? kindOfMount(mount, mounts.all);
    asked.set(mount.device, known);
    return known;
  };
};

const unitsEach = (places: readonly StoragePlace[]): number => {
  const holders = places.filter(({ role }) => role === "data" || role === "tablespace").length;
  return Math.max(fewUnits, Math.floor(mostUnits / Math.max(1, holders)));
};

const btrfsOf = (components: readonly StorageComponent[]): ReadonlySet<string> =>
  new Set(components.flatMap(({ mount }) => (mount?.type === "btrfs" ? (mount.uuid ?? []) : [])));

/**
 * Looks at where a server's files are. Reads only; what may not be read is unknown, with the reason.
 * @param fstab the table of what should be mounted
 */
export const inspectStorage = async (
  places: readonly StoragePlace[],
  fstab = "/etc/fstab",
): Promise<Storage> => {
  await readWhenIdle();
  const mounts = await readMounts(fstab);
  const surroundings = {
    mounts,
    kindOf: kindsOnce(mounts),
    paths: places.flatMap(({ path }) => ifKnown(realPathOf(path)) ?? []),
    units: unitsEach(places),
  };
  const components: StorageComponent[] = [];
  for (const place of places) components.push(await inspectComponent(place, surroundings));
  const filesystems = [...btrfsOf(components)].map((uuid) => inspectFilesystem(uuid, components, mounts));
  return { components, filesystems: await Promise.all(filesystems) };
};
