import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { StoragePlace } from "../../capture/storage.ts";
import { type Finding, findAll } from "../../findings/finding.ts";
import { inspectStorage } from "../inspect.ts";
import { storageRules } from "../rules.ts";
import type { Bench } from "./loop-devices.ts";
import { type Around, observedWith } from "./observed.ts";

export const mib = 2 ** 20;

const largest = 16 * mib;
const line = (noise: Buffer, at: number): string =>
  `${noise.toString("hex", at, at + 8)} order of a customer, in stock, paid\n`;

const made = (): Buffer => {
  const noise = randomBytes(largest / 6);
  return Buffer.from(Array.from({ length: largest / 48 }, (_, row) => line(noise, row * 8)).join(""));
};

const table = made();

/** Rows as a table has them: zstd takes them to about a third. */
export const rows = (bytes: number): Buffer => table.subarray(0, bytes);

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
export const makeBtrfs = async (
  bench: Bench,
  mkfs: readonly string[] = [],
  count = 1,
  mebibytes?: number,
): Promise<string> => {
  const devices = await bench.devices(count, mebibytes);
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

export interface Situation extends Around {
  readonly places: readonly StoragePlace[];
  readonly fstab?: string;
}

export const dataAt = (path: string): StoragePlace => ({ role: "data", name: null, path });
export const logAt = (path: string): StoragePlace => ({ role: "log", name: null, path });

/** Looks at what lies there, and says what it found. */
export const findingsIn = async (situation: Situation, bench: Bench): Promise<readonly Finding[]> =>
  findAll(
    storageRules,
    observedWith(
      await inspectStorage(situation.places, situation.fstab ?? join(bench.folder, "none")),
      situation,
    ),
  );

/** Runs a migration as a person would: all of its lines in a shell that stops at the first failure. */
export const mend = ({ migration }: Finding): Promise<unknown> => execa("sh", ["-euc", migration.join("\n")]);
