import { closeSync, existsSync, openSync, rmSync, statfsSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { Refusal } from "../refusal.ts";
import type { DiskKind } from "../spec/schema.ts";

const gib = 1024 ** 3;
const imageName = "dbtrfs-bench.img";

export interface Medium {
  readonly about: string;
  /** "loop" for a file, whatever lies below it. */
  readonly kind: DiskKind | "loop";
}

/** Two block devices to format at will, for data and for a log of its own. */
export interface Scratch {
  readonly data: string;
  readonly log: string;
  /** What they lie on, for the record. */
  readonly medium: Medium;
  /** Detaches the devices and removes what was made for them. */
  close(): Promise<void>;
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

const attach = async (target: string, offset: number, size: number): Promise<string> => {
  const where = ["--offset", `${offset}`, "--sizelimit", `${size}`];
  return (await execa("losetup", ["--find", "--show", "--direct-io=on", ...where, target])).stdout.trim();
};

const sizeOf = async (target: string): Promise<number> =>
  statSync(target).isBlockDevice()
    ? Number((await execa("blockdev", ["--getsize64", target])).stdout)
    : statSync(target).size;

const split = async (
  target: string,
  sizes: { readonly dataGiB: number; readonly logGiB: number },
  medium: Medium,
  discard: () => void,
): Promise<Scratch> => {
  const [dataBytes, logBytes] = [sizes.dataGiB * gib, sizes.logGiB * gib];
  if ((await sizeOf(target)) < dataBytes + logBytes) throw noRoom(target, sizes.dataGiB + sizes.logGiB);
  const data = await attach(target, 0, dataBytes);
  const log = await attach(target, dataBytes, logBytes);
  const close = async () => {
    for (const device of [data, log]) await execa("losetup", ["--detach", device], { reject: false });
    discard();
  };
  return { data, log, medium, close };
};

const inDirectory = async (
  directory: string,
  sizes: { readonly dataGiB: number; readonly logGiB: number },
): Promise<Scratch> => {
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
  const { stdout: type } = await execa("findmnt", ["--noheadings", "--output=FSTYPE", "--target", directory]);
  const about = `loop devices with direct I/O on a file of ${type.trim()}`;
  return split(image, sizes, { about, kind: "loop" }, () => rmSync(image, { force: true }));
};

const mediumOf = async (target: string): Promise<Medium> => {
  if (!statSync(target).isBlockDevice())
    return { about: "loop devices with direct I/O on a file", kind: "loop" };
  const columns = ["--nodeps", "--noheadings", "--output", "ROTA,TRAN,MODEL"];
  const [rotates, transport = "", ...model] = (await execa("lsblk", [...columns, target])).stdout
    .trim()
    .split(/\s+/);
  const kind = rotates === "1" ? "hdd" : transport === "nvme" ? "nvme" : "ssd";
  return {
    about: `loop devices with direct I/O on ${[transport, ...model].join(" ").trim() || target}`,
    kind,
  };
};

/**
 * @param target a directory, an empty file or a block device
 * @param destroy the target once more, where it may hold something that is to be lost
 * @throws Refusal where it holds data or is too small
 */
export const openScratch = async (
  target: string,
  destroy: string | undefined,
  sizes: { readonly dataGiB: number; readonly logGiB: number },
): Promise<Scratch> => {
  if (!existsSync(target))
    throw refusal(target, "nothing there", "a block device, a file or a directory", "name one that exists");
  if (statSync(target).isDirectory()) return inDirectory(target, sizes);
  await refuseWhatHoldsData(target, destroy);
  return split(target, sizes, await mediumOf(target), () => undefined);
};
