import { closeSync, existsSync, openSync, rmSync, statfsSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { Refusal } from "../refusal.ts";
import { attachLoop } from "./loop-device.ts";
import { type Medium, mediumOf } from "./medium.ts";
import type { Part, PartDevice } from "./part.ts";
import { addPartition, removePartitions, takesPartitions } from "./partition.ts";

const gib = 1024 ** 3;
const imageName = "dbtrfs-bench.img";

/** Two block devices to format at will, for data and for a log of its own. */
export interface Scratch {
  readonly data: string;
  readonly log: string;
  /** What they lie on, for the record. */
  readonly medium: Medium;
  /** Detaches the devices and removes what was made for them. */
  close(): Promise<void>;
}

export interface Sizes {
  readonly dataGiB: number;
  readonly logGiB: number;
}

const refusal = (file: string, found: string, allowed: string, fix: string): Refusal =>
  new Refusal([{ file, pointer: "", found, allowed, fix }]);

const noRoom = (target: string, sizeGiB: number) =>
  refusal(
    target,
    "not enough room",
    `${sizeGiB} GiB`,
    "name another place, or measure less data with --quick",
  );

/** What a signature or a mount says of a device or file; empty for one that holds nothing. */
const holds = async (target: string): Promise<string> => {
  const signature = await execa("wipefs", ["--noheadings", "--output", "TYPE", target], { reject: false });
  const mounted = await execa("lsblk", ["--noheadings", "--output", "MOUNTPOINTS", target], {
    reject: false,
  });
  const types = signature.failed ? "" : signature.stdout.trim().split(/\s+/).filter(Boolean).join(", ");
  const mounts = mounted.failed ? "" : mounted.stdout.trim().split(/\s+/).filter(Boolean).join(", ");
  return [types && `a signature of ${types}`, mounts && `mounted at ${mounts}`].filter(Boolean).join(", ");
};

/** Throws a Refusal where the target holds something, unless `destroy` names just this target; a mount never goes. */
const refuseWhatHoldsData = async (target: string, destroy: string | undefined): Promise<void> => {
  const found = await holds(target);
  if (found === "" || (destroy === target && !found.includes("mounted"))) return;
  throw refusal(
    target,
    found,
    "a device or file that holds nothing",
    found.includes("mounted") ? "unmount it first" : `add --destroy ${target}, and all that it holds is lost`,
  );
};

/**
 * Writes a file once over, so that it behaves as a disk does. A hole, or a block that is only reserved, costs its own
 * filesystem an allocation at the first write and metadata at the next flush: whoever writes to new places would pay
 * for that, and whoever overwrites would not.
 */
const fill = async (file: string, sizeGiB: number): Promise<void> => {
  const what = ["if=/dev/zero", `of=${file}`, "bs=4M", `count=${256 * sizeGiB}`];
  await execa("dd", [...what, "oflag=nocache", "conv=notrunc,fsync", "status=none"]);
};

const sizeOf = async (target: string): Promise<number> =>
  statSync(target).isBlockDevice()
    ? Number((await execa("blockdev", ["--getsize64", target])).stdout)
    : statSync(target).size;

type MakePart = (part: Part, number: number) => Promise<PartDevice>;

/** A file takes no discards, which would make holes in it. */
const makerFor = (target: string, medium: Medium): MakePart => {
  if (medium.kind === "loop") return (part) => attachLoop(part, false);
  return takesPartitions(target) ? addPartition : (part) => attachLoop(part, true);
};

const prepare = async (target: string, medium: Medium, sizeGiB: number): Promise<void> => {
  if ((await sizeOf(target)) < sizeGiB * gib) throw noRoom(target, sizeGiB);
  if (medium.kind === "loop") await fill(target, sizeGiB);
  else await removePartitions(target);
};

const split = async (target: string, sizes: Sizes, medium: Medium, discard: () => void): Promise<Scratch> => {
  const parts: PartDevice[] = [];
  const close = async () => {
    for (const part of parts) await part.detach();
    discard();
  };
  const make = makerFor(target, medium);
  const part = async (fromGiB: number, size: number): Promise<string> => {
    const device = await make({ target, offset: fromGiB * gib, size: size * gib }, parts.length + 1);
    parts.push(device);
    return device.path;
  };
  try {
    await prepare(target, medium, sizes.dataGiB + sizes.logGiB);
    const [data, log] = [await part(0, sizes.dataGiB), await part(sizes.dataGiB, sizes.logGiB)];
    return { data, log, medium, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const inDirectory = async (directory: string, sizes: Sizes, medium: Medium): Promise<Scratch> => {
  const image = join(directory, imageName);
  if (existsSync(image))
    throw refusal(
      image,
      "a file that is there already",
      "a name that is free",
      "remove it; another run may use it",
    );
  const wanted = (sizes.dataGiB + sizes.logGiB) * gib;
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize < wanted) throw noRoom(directory, sizes.dataGiB + sizes.logGiB);
  closeSync(openSync(image, "wx", 0o600));
  truncateSync(image, wanted);
  return split(image, sizes, medium, () => rmSync(image, { force: true }));
};

/**
 * @param target a directory, an empty file or a block device
 * @param destroy the target once more, where it may hold something that is to be lost
 * @throws Refusal where it holds data or is too small
 */
export const openScratch = async (
  target: string,
  destroy: string | undefined,
  sizes: Sizes,
): Promise<Scratch> => {
  const medium = await mediumOf(target);
  if (statSync(target).isDirectory()) return inDirectory(target, sizes, medium);
  await refuseWhatHoldsData(target, destroy);
  return split(target, sizes, medium, () => undefined);
};
