import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import type { DiskKind } from "../../../spec/schema.ts";
import { type BlockDevice, blockDevice, blockDeviceColumns, kindOf } from "../../live/block-device.ts";
import { ifKnown, type Known } from "./known.ts";
import { type Mounted, mountOf } from "./mounts.ts";
import { ask } from "./programs.ts";

const sysfs = "/sys/fs/btrfs";

const listing = (directory: string): readonly string[] =>
  existsSync(directory) ? readdirSync(directory) : [];

/** Devices of a mounted Btrfs filesystem (fs/btrfs/sysfs.c). */
export const devicesOf = (uuid: string): readonly string[] =>
  listing(join(sysfs, uuid, "devices"))
    .map((name) => `/dev/${name.replaceAll("!", "/")}`)
    .sort();

const kernelName = (device: string): string => basename(existsSync(device) ? realpathSync(device) : device);

/** udev may not run, and then findmnt knows no UUID. */
export const uuidOfBtrfs = ({ device, uuid }: Mounted): string | null =>
  listing(sysfs).find((each) => existsSync(join(sysfs, each, "devices", kernelName(device)))) ?? uuid;

/** What a device lies on at the bottom, from `lsblk --inverse --json`: the devices without children. */
export const leavesOf = (device: BlockDevice): readonly BlockDevice[] =>
  device.children === undefined || device.children.length === 0
    ? [device]
    : device.children.flatMap(leavesOf);

export const parseBlockDevices = (text: string): readonly BlockDevice[] =>
  z.object({ blockdevices: z.array(blockDevice) }).parse(JSON.parse(text)).blockdevices;

const backingFile = ({ path }: BlockDevice): string | null => {
  const file = `/sys/block/${basename(path)}/loop/backing_file`;
  return existsSync(file) ? readFileSync(file, "utf8").replace(/\n$/, "") : null;
};

const slowestFirst: readonly DiskKind[] = ["hdd", "ssd", "nvme"];

/** One disk that is not known could be the slowest. */
export const slowest = (kinds: readonly Known<DiskKind>[]): Known<DiskKind> => {
  const hidden = kinds.find((each) => "unknown" in each);
  if (hidden !== undefined) return hidden;
  const value = slowestFirst.find((name) => kinds.some((each) => ifKnown(each) === name));
  return value === undefined ? { unknown: "lsblk shows no disk below it" } : { value };
};

/** A loop device is as fast as what its file lies on. */
const kindOfLeaf = async (
  leaf: BlockDevice,
  mounts: readonly Mounted[],
  depth: number,
): Promise<Known<DiskKind>> => {
  const file = leaf.type === "loop" ? backingFile(leaf) : null;
  const mount = file === null ? null : mountOf(mounts, file);
  if (mount !== null) return kindOfMount(mount, mounts, depth + 1);
  const value = leaf.type === "disk" ? kindOf(leaf) : null;
  return value === null
    ? { unknown: `${leaf.path} is virtual, and what carries it does not show` }
    : { value };
};

const deepest = 5;

/** The slowest of the disks below a mount, through partitions, LUKS, device mapper, RAID, loops and all devices of a Btrfs. */
export const kindOfMount = async (
  mount: Mounted,
  mounts: readonly Mounted[],
  depth = 0,
): Promise<Known<DiskKind>> => {
  const uuid = mount.type === "btrfs" ? uuidOfBtrfs(mount) : null;
  const devices = uuid === null ? [mount.device] : devicesOf(uuid);
  if (depth > deepest) return { unknown: "loop devices on loop devices" };
  if (!devices.every((device) => device.startsWith("/dev/")))
    return { unknown: `${mount.type} on no block device` };
  const { stdout, failure } = await ask("lsblk", [
    "--inverse",
    "--json",
    "--bytes",
    "--output",
    blockDeviceColumns,
    ...devices,
  ]);
  if (failure !== null) return { unknown: failure };
  const leaves = parseBlockDevices(stdout).flatMap(leavesOf);
  return slowest(await Promise.all(leaves.map((leaf) => kindOfLeaf(leaf, mounts, depth))));
};
