import { sqliteSources as sources } from "../../sources/sqlite.ts";
import type { SettingContext, SettingRule } from "../types.ts";

const KiBPerGiB = 1024 * 1024;
const defaultCacheKiB = 2000;
const largestCacheKiB = 256 * 1024;

const powerOfTwoBelow = (n: number): number => 2 ** Math.floor(Math.log2(n));

/**
 * A quarter of the database's memory over its connections, each of which has a cache of its own; the page cache
 * of the kernel serves all of them from the rest. Never more than the database.
 */
const cacheKiB = (c: SettingContext): number => {
  const share = (c.memoryGiB * KiBPerGiB) / 4 / c.connections;
  return powerOfTwoBelow(Math.min(share, c.sizeGiB * KiBPerGiB, largestCacheKiB));
};

const MiB = (kibibytes: number) => `${kibibytes / 1024} MiB`;

export const cacheSize: SettingRule = {
  name: "cache_size",
  group: "memory",
  value: (c) => (cacheKiB(c) >= 2 * defaultCacheKiB ? -cacheKiB(c) : undefined),
  reason: (c) =>
    `${MiB(cacheKiB(c))} for each of ${c.connections} connections instead of the default 2000 KiB, at most a quarter of this database's memory: more pages are found without a system call, and large transactions spill less often. The number is negative because it is in KiB.`,
  confidence: "inferred",
  sources: [sources.cacheSize],
};

export const busyTimeout: SettingRule = {
  name: "busy_timeout",
  group: "parallelism",
  value: (c) => (c.disk === "hdd" ? 10_000 : 5_000),
  reason: (c) =>
    `Only one connection writes at a time, and without a timeout the others fail at once with SQLITE_BUSY. ${c.disk === "hdd" ? "Ten" : "Five"} seconds outlast a checkpoint, a commit of the whole filesystem and the flush that a snapshot starts with.`,
  confidence: "inferred",
  sources: [sources.busyTimeout, sources.walConcurrency],
};

export const lockingMode: SettingRule = {
  name: "locking_mode",
  group: "parallelism",
  value: () => undefined,
  reason: () =>
    "Left at NORMAL: EXCLUSIVE saves a few system calls and locks every other process out, online backups and checks among them.",
  confidence: "documented",
  sources: [sources.lockingMode],
};

export const tempStore: SettingRule = {
  name: "temp_store",
  group: "memory",
  value: () => undefined,
  reason: () =>
    "Left at the build's default, files: they are never synced and mostly stay in the page cache, while MEMORY would let one large sort take the application's memory.",
  confidence: "documented",
  sources: [sources.tempStore, sources.temporaryFiles],
};
