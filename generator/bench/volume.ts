import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { Candidate } from "./candidate.ts";
import type { Scratch } from "./scratch.ts";

/** A candidate's storage, formatted, mounted and flagged, before the server has written anything. */
export interface Volume {
  readonly mountPoint: string;
  readonly dataDirectory: string;
  /** Null where the log lies inside the data directory. */
  readonly logDirectory: string | null;
  readonly binlogDirectory: string;
  readonly devices: readonly string[];
  readonly isBtrfs: boolean;
  /** Where the log's own filesystem is mounted; null where it has none. */
  readonly logMountPoint: string | null;
  /** A writable snapshot of the subvolume, by number, and where it lies; Btrfs alone. */
  snapshot(number: number): Promise<string>;
  unmount(): Promise<void>;
}

const mkfs = async (candidate: Candidate, device: string): Promise<void> => {
  await execa("wipefs", ["--all", "--quiet", device]);
  if (candidate.filesystem === "btrfs") {
    const nodesize = `${candidate.layout?.nodesize ?? 16384}`;
    const more = candidate.variation.mkfs ?? [];
    await execa("mkfs.btrfs", ["--quiet", "--force", "--nodesize", nodesize, ...more, device]);
  } else if (candidate.filesystem === "xfs") {
    await execa("mkfs.xfs", ["-q", "-f", device]);
  } else {
    // Tables of inodes that are written while it is measured would count as the database's writes.
    await execa("mkfs.ext4", ["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", device]);
  }
};

const mount = (device: string, where: string, ...options: string[]) =>
  execa("mount", ["-o", ["noatime", ...options].join(","), device, where]);

/** The flags that the planner gives: +C or the compression property, on an empty directory. */
const flag = async (directory: string, flags: { noCow: boolean; compression: string }): Promise<void> => {
  if (flags.noCow) await execa("chattr", ["+C", directory]);
  else if (flags.compression !== "none")
    await execa("btrfs", ["property", "set", directory, "compression", flags.compression]);
};

const makeSubvolume = async (top: string): Promise<void> => {
  await execa("btrfs", ["--quiet", "subvolume", "create", join(top, "@db")]);
  mkdirSync(join(top, "@snapshots"));
};

const makeDataDirectory = async (candidate: Candidate, mountPoint: string): Promise<string> => {
  const { layout, variation } = candidate;
  const directory = join(mountPoint, "data");
  mkdirSync(directory);
  const compression = variation.compression ?? layout?.compression ?? "none";
  if (layout) await flag(directory, { noCow: layout.data === "nocow", compression });
  if (variation.walNoCow) await execa("chattr", ["+C", directory]);
  return directory;
};

const makeLogDirectory = async (
  candidate: Candidate,
  scratch: Scratch,
  mountPoint: string,
): Promise<string | null> => {
  const place = candidate.layout?.log ?? "in-place";
  if (place === "in-place") return null;
  const where = place === "nocow" ? mountPoint : `${mountPoint}-log`;
  if (place === "own-filesystem") {
    mkdirSync(where, { recursive: true });
    await mkfs({ ...candidate, filesystem: "xfs" }, scratch.log);
    await mount(scratch.log, where);
  }
  const directory = join(where, "log");
  mkdirSync(directory);
  if (place === "nocow") await flag(directory, { noCow: true, compression: "none" });
  return directory;
};

interface Places {
  /** Btrfs's top level, with the snapshots. */
  readonly top: string;
  readonly mountPoint: string;
  readonly logMountPoint: string;
}

/** What is not mounted, or not any more, is left alone. */
const unmount = async ({ top, mountPoint, logMountPoint }: Places): Promise<void> => {
  for (const where of [mountPoint, top, logMountPoint]) await execa("umount", [where], { reject: false });
};

const mountData = async (
  candidate: Candidate,
  device: string,
  { top, mountPoint }: Places,
): Promise<void> => {
  await mkfs(candidate, device);
  if (candidate.filesystem !== "btrfs") {
    await mount(device, mountPoint);
    return;
  }
  // Options of the whole filesystem count where it is mounted first.
  await mount(device, top, "subvol=/", ...(candidate.variation.mount ?? []));
  await makeSubvolume(top);
  await mount(device, mountPoint, "subvol=@db");
};

const fillVolume = async (
  candidate: Candidate,
  scratch: Scratch,
  places: Places,
  owner: string,
): Promise<Volume> => {
  const { top, mountPoint } = places;
  await mountData(candidate, scratch.data, places);
  const dataDirectory = await makeDataDirectory(candidate, mountPoint);
  const logDirectory = await makeLogDirectory(candidate, scratch, mountPoint);
  const logMountPoint = candidate.layout?.log === "own-filesystem" ? places.logMountPoint : null;
  // A binary log is no part of the redo log's directory, but lies on the same filesystem.
  const binlogDirectory = join(logMountPoint ?? mountPoint, "binlog");
  mkdirSync(binlogDirectory);
  await execa("chown", ["--recursive", `${owner}:`, mountPoint, ...(logMountPoint ? [logMountPoint] : [])]);
  return {
    mountPoint,
    dataDirectory,
    logDirectory,
    binlogDirectory,
    devices: logMountPoint ? [scratch.data, scratch.log] : [scratch.data],
    isBtrfs: candidate.filesystem === "btrfs",
    logMountPoint,
    snapshot: async (number) => {
      const target = join(top, "@snapshots", `${number}`);
      await execa("btrfs", ["--quiet", "subvolume", "snapshot", mountPoint, target]);
      return target;
    },
    unmount: () => unmount(places),
  };
};

/**
 * Where it fails half way, nothing stays mounted.
 * @param owner the user that the server runs as
 */
export const makeVolume = async (
  candidate: Candidate,
  scratch: Scratch,
  folder: string,
  owner: string,
): Promise<Volume> => {
  const mountPoint = join(folder, "db");
  const places = { top: join(folder, "top"), mountPoint, logMountPoint: `${mountPoint}-log` };
  for (const where of [places.top, mountPoint]) mkdirSync(where, { recursive: true });
  try {
    return await fillVolume(candidate, scratch, places, owner);
  } catch (error) {
    await unmount(places);
    throw error;
  }
};
