import type { Compressibility, StorageExtents } from "../capture/storage.ts";

/** A file this small may have been written in pieces too small to compress; verify draws these lines as well. */
export const judgedBytes = 2 ** 20;
/** So much of a file is compressed before it counts as compressed. */
export const leastCompressedShare = 0.1;
/** Saving less than an eighth says that there is nothing to win. */
const worthwhileShare = 7 / 8;

export const compressedShareOf = ({ bytes, compressedBytes }: StorageExtents): number =>
  bytes === 0 ? 1 : compressedBytes / bytes;

export const shareOf = ({ storedBytes, sampledBytes }: Compressibility): number => storedBytes / sampledBytes;

export const isWorthwhile = (compressibility: Compressibility | null): boolean =>
  compressibility !== null && shareOf(compressibility) <= worthwhileShare;
