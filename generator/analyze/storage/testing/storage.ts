import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { Capture } from "../../capture/schema.ts";
import type { StoragePlace } from "../../capture/storage.ts";
import { type Finding, findAll, type Observed } from "../../findings/finding.ts";
import type { Measured } from "../../measure/measured.ts";
import { measurementNames } from "../../measure/measurements.ts";
import { inspectStorage } from "../inspect.ts";
import { storageRules } from "../rules.ts";
import type { Bench } from "./loop-devices.ts";

export const mib = 2 ** 20;

/** Rows as a table has them: zstd takes them to about a third. */
export const rows = (bytes: number): Buffer => {
  const line = () => `${randomBytes(8).toString("hex")} order of a customer, in stock, paid\n`;
  return Buffer.from(Array.from({ length: Math.ceil(bytes / 52) }, line).join("")).subarray(0, bytes);
};

export const writeDurably = (path: string, content: Uint8Array, position: number | null = null): void => {
  const file = openSync(path, position === null ? "w" : "r+");
  writeSync(file, content, 0, content.length, position);
  fsyncSync(file);
  closeSync(file);
};

/** A directory with files that look like a database's. */
export const fill = (directory: string, names: readonly string[] = ["16384", "16385", "16386"]): string => {
  mkdirSync(directory, { recursive: true });
  for (const name of names) writeDurably(join(directory, name), rows(2 * mib));
  return directory;
};

/** A Btrfs with a subvolume for the database; nothing is mounted yet. */
export const makeBtrfs = async (bench: Bench, mkfs: readonly string[] = [], count = 1): Promise<string> => {
  const devices = await bench.devices(count);
  await execa("mkfs.btrfs", ["--quiet", "--force", ...mkfs, ...devices]);
  const [device = ""] = devices;
  const top = await bench.mount(device, "making");
  await execa("btrfs", ["--quiet", "subvolume", "create", join(top, "@db")]);
  await execa("umount", [top]);
  return device;
};

/** Mounted as a person who knows would do it. */
export const cleanBtrfs = async (bench: Bench, options = "noatime"): Promise<string> =>
  bench.mount(await makeBtrfs(bench), "db", `${options},subvol=@db`);

export const writeFstab = (bench: Bench, lines: readonly (readonly [string, string])[]): string => {
  const path = join(bench.folder, "fstab");
  writeFileSync(path, lines.map(([where, options]) => `/dev/loop ${where} btrfs ${options} 0 0\n`).join(""));
  return path;
};

export interface Situation {
  readonly places: readonly StoragePlace[];
  readonly fstab?: string;
  readonly engine?: Capture["engine"];
  readonly version?: string;
  readonly settings?: Capture["settings"];
  readonly pageChecksums?: boolean;
  readonly scanShare?: number;
}

export const dataAt = (path: string): StoragePlace => ({ role: "data", name: null, path });
export const logAt = (path: string): StoragePlace => ({ role: "log", name: null, path });

const measuredWith = (scanShare: number): Measured => ({
  measured: {
    ...(Object.fromEntries(measurementNames.map((name) => [name, null])) as Measured["measured"]),
    scanShare,
  },
  unknown: {},
});

export const captureOf = async (situation: Situation, bench: Bench): Promise<Capture> => ({
  captureVersion: 1,
  capturedBy: "test",
  engine: situation.engine ?? "postgresql",
  target: "test",
  server: { version: situation.version ?? "15.18", banner: "test" },
  host: null,
  settings: situation.settings ?? {},
  samples: [],
  storage: await inspectStorage(situation.places, situation.fstab ?? join(bench.folder, "none")),
  missing: {},
});

export const observe = async (situation: Situation, bench: Bench): Promise<Observed> => ({
  capture: await captureOf(situation, bench),
  measured: measuredWith(situation.scanShare ?? 0),
  pageChecksums: situation.pageChecksums ?? true,
});

export const findingsIn = async (situation: Situation, bench: Bench): Promise<readonly Finding[]> =>
  findAll(storageRules, await observe(situation, bench));

/** Runs a migration as a person would: all of its lines in a shell that stops at the first failure. */
export const mend = ({ migration }: Finding): Promise<unknown> => execa("sh", ["-euc", migration.join("\n")]);
