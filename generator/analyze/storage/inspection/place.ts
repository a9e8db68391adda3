import { realpathSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { explain, isFileError } from "../../../output/file-errors.ts";
import type { StorageMount } from "../../capture/storage.ts";
import { uuidOfBtrfs } from "./devices.ts";
import { ifKnown, type Known } from "./known.ts";
import { type Mounted, mountOf, pathInFilesystem } from "./mounts.ts";
import { subvolumeRootInode } from "./walk.ts";

/** Runs one call of the file system; its refusal is a reason. */
const tried = <T>(read: () => T): Known<T> => {
  try {
    return { value: read() };
  } catch (error) {
    if (!isFileError(error)) throw error;
    return { unknown: error.code === "ENOENT" ? "it is not there" : explain(error).found };
  }
};

export const realPathOf = (path: string): Known<string> => tried(() => realpathSync(path));

/** A journal may be gone again by now. */
export const isDirectory = (path: string): boolean =>
  ifKnown(tried(() => statSync(path).isDirectory())) ?? false;

/** The mounts of this host and what /etc/fstab asks for; `failure` is why one of them is not known. */
export interface Mounts {
  readonly all: readonly Mounted[];
  readonly configured: ReadonlyMap<string, readonly string[]>;
  readonly failure: string | null;
}

const room = (path: string): Pick<StorageMount, "bytes" | "availableBytes"> => {
  const read = tried(() => statfsSync(path));
  if ("unknown" in read) return { bytes: null, availableBytes: null };
  const { blocks, bavail, bsize } = read.value;
  return { bytes: blocks * bsize, availableBytes: bavail * bsize };
};

export const configuredAt = (mountPoint: string, { configured }: Mounts): string[] | null => {
  const options = configured.get(mountPoint);
  return options === undefined ? null : [...options];
};

export const describeMount = (row: Mounted, mounts: Mounts): StorageMount => {
  const { type, device, mountPoint, options, subvolume, uuid } = row;
  return {
    type,
    device,
    mountPoint,
    options: [...options],
    configuredOptions: configuredAt(mountPoint, mounts),
    uuid: type === "btrfs" ? uuidOfBtrfs(row) : uuid,
    subvolume,
    ...room(mountPoint),
  };
};

/** The row of the mount that a path lies on. */
export const rowOf = (path: string, { all, failure }: Mounts): Known<Mounted> => {
  const row = mountOf(all, path);
  return row === null ? { unknown: failure ?? "findmnt shows no mount above it" } : { value: row };
};

/** The directory at or above a path, up to the mount point, that is the root of a subvolume; null where none is. */
const subvolumeRoot = (path: string, mountPoint: string): string | null => {
  if (statSync(path).ino === subvolumeRootInode) return path;
  return path === mountPoint ? null : subvolumeRoot(dirname(path), mountPoint);
};

/** Path of the subvolume that holds a path, within its filesystem. Of a mounted Btrfs alone. */
export const subvolumeOf = (path: string, row: Mounted): Known<string | null> =>
  tried(() => {
    const root = subvolumeRoot(path, row.mountPoint);
    return root === null ? row.subvolume : pathInFilesystem(row, root);
  });
