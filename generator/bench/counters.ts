import { readFileSync, statfsSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execa } from "execa";
import { diskOf } from "./partition.ts";

const sector = 512;

/** Fields of a device's stat (Documentation/block/stat.rst), counted from 0. */
const fields = { sectorsWritten: 6, flushes: 15 };

const count = (devices: readonly string[], field: keyof typeof fields): number =>
  devices
    .map((device) =>
      readFileSync(`/sys/class/block/${basename(device)}/stat`, "utf8")
        .trim()
        .split(/\s+/),
    )
    .reduce((sum, stat) => sum + Number(stat[fields[field]]), 0);

/** Bytes that the devices were asked to write so far. */
export const bytesWritten = (devices: readonly string[]): number => sector * count(devices, "sectorsWritten");

/** Flushes of their write caches that the devices were asked for so far; the kernel counts those of a disk's partitions at the disk. */
export const flushes = (devices: readonly string[]): number =>
  count([...new Set(devices.map(diskOf))], "flushes");

const bytesUsed = (mountPoint: string): number => {
  const { blocks, bfree, bsize } = statfsSync(mountPoint);
  return (blocks - bfree) * bsize;
};

/** Bytes used once two readings agree: XFS frees what was removed in the background, and a sync does not wait for it. */
export const bytesUsedAtRest = async (mountPoint: string): Promise<number> => {
  let last = bytesUsed(mountPoint);
  for (;;) {
    await setTimeout(200);
    const now = bytesUsed(mountPoint);
    if (now === last) return now;
    last = now;
  }
};

/** Files below a directory with their sizes, the largest first. */
export const filesBySize = async (directory: string): Promise<{ size: number; path: string }[]> => {
  const { stdout } = await execa("find", [directory, "-xdev", "-type", "f", "-printf", "%s %p\n"]);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [size = "", path = ""] = line.split(/ (.*)/s);
      return { size: Number(size), path };
    })
    .sort((a, b) => b.size - a.size);
};

export const extentsOf = async (path: string): Promise<number> =>
  Number(/: (\d+) extents? found/.exec((await execa("filefrag", [path])).stdout)?.[1] ?? 0);

/** Nothing of what was written is read from memory afterwards (Documentation/admin-guide/sysctl/vm.rst). */
export const dropCaches = async (): Promise<void> => {
  await execa("sync");
  writeFileSync("/proc/sys/vm/drop_caches", "3");
};

/** MiB/s of reading files from end to end, one after the other. */
export const readRate = async (paths: readonly string[], bytes: number): Promise<number> => {
  await dropCaches();
  const began = performance.now();
  for (const path of paths) await execa("dd", [`if=${path}`, "of=/dev/null", "bs=1M", "status=none"]);
  return bytes / 2 ** 20 / ((performance.now() - began) / 1000);
};
