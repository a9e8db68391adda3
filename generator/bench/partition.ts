import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { Refusal } from "../refusal.ts";
import type { Part, PartDevice } from "./part.ts";

const sectorBytes = 512;

const systemFolder = (device: string): string => `/sys/class/block/${basename(realpathSync(device))}`;

const isPartition = (folder: string): boolean => existsSync(join(folder, "partition"));

/** The disk that a partition is of; any other device itself. */
export const diskOf = (device: string): string => {
  const folder = realpathSync(systemFolder(device));
  return isPartition(folder) ? `/dev/${basename(dirname(folder))}` : device;
};

/** Whether the kernel makes partitions of a device: of no partition, and of no device of the device mapper (LVM, LUKS). */
export const takesPartitions = (device: string): boolean => {
  const folder = systemFolder(device);
  return !isPartition(folder) && Number(readFileSync(join(folder, "ext_range"), "utf8")) > 1;
};

const partitionsOf = (disk: string): { number: number; path: string }[] => {
  const folder = systemFolder(disk);
  return readdirSync(folder)
    .filter((name) => isPartition(join(folder, name)))
    .map((name) => ({
      number: Number(readFileSync(join(folder, name, "partition"), "utf8")),
      path: `/dev/${name}`,
    }));
};

const inUse = (path: string, cause: unknown): Refusal =>
  new Refusal(
    [
      {
        file: path,
        pointer: "",
        found: "a partition in use",
        allowed: "a disk that nothing uses",
        fix: `stop what uses it, as lsblk ${path} shows it`,
      },
    ],
    { cause },
  );

const remove = async (disk: string, number: number): Promise<void> => {
  await execa("delpart", [disk, `${number}`]);
};

/** Takes those of the disk's own table from the kernel's view, which has them in the way. Throws a Refusal where one is in use. */
export const removePartitions = async (disk: string): Promise<void> => {
  for (const { number, path } of partitionsOf(disk))
    await remove(disk, number).catch((cause) => {
      throw inUse(path, cause);
    });
};

/**
 * A partition in the kernel's view alone: nothing of a table is written (addpart(8)). Unlike a loop device it hands
 * forced writes on to the disk.
 */
export const addPartition = async ({ target, offset, size }: Part, number: number): Promise<PartDevice> => {
  await execa("addpart", [target, `${number}`, `${offset / sectorBytes}`, `${size / sectorBytes}`]);
  const path = partitionsOf(target).find((one) => one.number === number)?.path;
  if (path === undefined) throw new Error(`no partition ${number} of ${target} after addpart`);
  const detach = () =>
    remove(target, number).catch((error) => void process.stderr.write(`${path} is left behind: ${error}\n`));
  return { path, detach };
};
