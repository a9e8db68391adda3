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
  readonly devices: readonly string[];
  readonly isBtrfs: boolean;
  /** The subvolume's read-only snapshot, by number; Btrfs alone. */
  snapshot(number: number): Promise<void>;
  unmount(): Promise<void>;
}

const mkfs = async (candidate: Candidate, device: string): Promise<void> => {
  await execa("wipefs", ["--all", "--quiet", device]);
  if (candidate.filesystem === "btrfs") {
    const nodesize = `${candidate.layout?.nodesize ?? 16384}`;
    await execa("mkfs.btrfs", ["--quiet", "--force", "--nodesize", nodesize, device]);
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
const flag = async (directory: string, flags: { noCow: boolean; zstd: boolean }): Promise<void> => {
  if (flags.noCow) await execa("chattr", ["+C", directory]);
  else if (flags.zstd) await execa("btrfs", ["property", "set", directory, "compression", "zstd"]);
};

const prepareBtrfs = async (candidate: Candidate, top: string): Promise<void> => {
  const { layout } = candidate;
  await execa("btrfs", ["--quiet", "subvolume", "create", join(top, "@db")]);
  mkdirSync(join(top, "@snapshots"));
  if (layout === null) return;
  const noCow = layout.data === "nocow";
  await flag(join(top, "@db"), { noCow, zstd: layout.compression === "zstd" && !noCow });
};

const logDirectoryOf = async (
  candidate: Candidate,
  scratch: Scratch,
  mountPoint: string,
): Promise<string | null> => {
  const place = candidate.layout?.log ?? "in-place";
  if (place === "in-place") return null;
  if (place === "nocow") {
    const directory = join(mountPoint, "log");
    mkdirSync(directory);
    // A directory below one with the compression property has it too, and then +C fails.
    await execa("btrfs", ["property", "set", directory, "compression", ""]);
    await flag(directory, { noCow: true, zstd: false });
    return directory;
  }
  const where = `${mountPoint}-log`;
  mkdirSync(where, { recursive: true });
  await mkfs({ ...candidate, filesystem: "xfs" }, scratch.log);
  await mount(scratch.log, where);
  return join(where, "log");
};

/** @param owner the user that the server runs as */
export const makeVolume = async (
  candidate: Candidate,
  scratch: Scratch,
  folder: string,
  owner: string,
): Promise<Volume> => {
  const isBtrfs = candidate.filesystem === "btrfs";
  const [top, mountPoint] = [join(folder, "top"), join(folder, "db")];
  mkdirSync(top, { recursive: true });
  mkdirSync(mountPoint, { recursive: true });
  await mkfs(candidate, scratch.data);
  if (isBtrfs) {
    await mount(scratch.data, top, "subvol=/");
    await prepareBtrfs(candidate, top);
  }
  await mount(scratch.data, mountPoint, ...(isBtrfs ? ["subvol=@db"] : []));
  const dataDirectory = join(mountPoint, "data");
  mkdirSync(dataDirectory);
  const logDirectory = await logDirectoryOf(candidate, scratch, mountPoint);
  if (logDirectory !== null) mkdirSync(logDirectory, { recursive: true });
  await execa("chown", ["--recursive", `${owner}:`, mountPoint, ...(logDirectory ? [logDirectory] : [])]);
  const ownLog = candidate.layout?.log === "own-filesystem";
  return {
    mountPoint,
    dataDirectory,
    logDirectory,
    devices: ownLog ? [scratch.data, scratch.log] : [scratch.data],
    isBtrfs,
    snapshot: async (number) => {
      const target = join(top, "@snapshots", `${number}`);
      await execa("btrfs", ["--quiet", "subvolume", "snapshot", "-r", mountPoint, target]);
    },
    unmount: async () => {
      for (const where of [mountPoint, top, ...(ownLog ? [`${mountPoint}-log`] : [])])
        await execa("umount", [where], { reject: false });
    },
  };
};
