import { constants, zstdCompressSync } from "node:zlib";
import { random } from "../../../random.ts";
import type { Compressibility } from "../../capture/storage.ts";

/** Btrfs compresses this much at a time (fs/btrfs/compression.h, BTRFS_MAX_UNCOMPRESSED), and stores whole blocks. */
export const unitBytes = 128 * 1024;
const blockBytes = 4096;

/** Btrfs's level where none is named, and its largest window (fs/btrfs/zstd.c). */
const likeBtrfs = {
  params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_windowLog]: 17 },
};

/** What Btrfs would store of a unit: kept compressed only where that saves a block (fs/btrfs/inode.c, compress_file_range). */
export const storedBytesOf = (unit: Uint8Array): number => {
  const compressed = Math.ceil(zstdCompressSync(unit, likeBtrfs).length / blockBytes) * blockBytes;
  return compressed + blockBytes <= unit.length ? compressed : unit.length;
};

/** Room that was made for data that is still to come says nothing of that data. */
const isEmpty = (unit: Uint8Array): boolean => unit.every((byte) => byte === 0);

const sizesOf = (units: readonly Uint8Array[]): readonly { sampled: number; stored: number }[] =>
  units
    .filter((unit) => !isEmpty(unit))
    .map((unit) => ({ sampled: unit.length, stored: storedBytesOf(unit) }));

/** Sums of what was sampled of each file; null where nothing but zeros was. */
export const compressibilityOf = (
  unitsOfFiles: readonly (readonly Uint8Array[])[],
): Compressibility | null => {
  const files = unitsOfFiles.map(sizesOf).filter((sizes) => sizes.length > 0);
  const all = files.flat();
  if (all.length === 0) return null;
  return {
    sampledBytes: all.reduce((total, { sampled }) => total + sampled, 0),
    storedBytes: all.reduce((total, { stored }) => total + stored, 0),
    files: files.length,
  };
};

/** Whole units, so that a file that grows meanwhile does not matter; a file smaller than one is one. */
const unitsIn = (bytes: number): number => (bytes === 0 ? 0 : Math.max(1, Math.floor(bytes / unitBytes)));

/** Different whole numbers below `total`, all equally likely, ascending (Floyd's algorithm). */
export const distinctBelow = (total: number, count: number, seed: number): readonly number[] => {
  const next = random(seed);
  const chosen = new Set<number>();
  for (let last = Math.max(0, total - count); last < total; last++) {
    const candidate = Math.floor(next() * (last + 1));
    chosen.add(chosen.has(candidate) ? last : candidate);
  }
  return [...chosen].sort((a, b) => a - b);
};

export interface ChosenUnits {
  readonly path: string;
  /** Numbers of units from the start of the file, ascending. */
  readonly units: readonly number[];
}

/** Units at random from all of the files, each as likely as any other; the same for the same files and seed. */
export const chooseUnits = (
  files: readonly { readonly path: string; readonly bytes: number }[],
  count: number,
  seed: number,
): readonly ChosenUnits[] => {
  const total = files.reduce((sum, { bytes }) => sum + unitsIn(bytes), 0);
  const chosen = distinctBelow(total, count, seed);
  let [start, at] = [0, 0];
  return files.flatMap(({ path, bytes }) => {
    const end = start + unitsIn(bytes);
    const units: number[] = [];
    for (; (chosen[at] ?? end) < end; at++) units.push((chosen[at] ?? 0) - start);
    start = end;
    return units.length === 0 ? [] : [{ path, units }];
  });
};
