import type { StorageExtents } from "../../capture/storage.ts";
import { ask } from "./programs.ts";

interface Row {
  readonly bytes: number;
  readonly flags: readonly string[];
}

const blockBytes = (text: string): number => Number(/ blocks? of (\d+) bytes\)/.exec(text)?.[1] ?? 0);

// ext: logical_offset: physical_offset: length: expected: flags
const row = /^ *\d+: *\d+\.\. *\d+: *\d+\.\. *\d+: *(\d+):(?: *\d+:)? *([a-z_,]*)$/gm;

const rowsOf = (text: string): readonly Row[] => {
  const block = blockBytes(text);
  return [...text.matchAll(row)].map(([, blocks, flags = ""]) => ({
    bytes: Number(blocks) * block,
    flags: flags.split(","),
  }));
};

/** Not on the disk yet, or within the metadata: filefrag's length of these is none in blocks. */
const isElsewhere = ({ flags }: Row): boolean => flags.includes("delalloc") || flags.includes("inline");

/** What `filefrag -v FILE` prints, added up. `complete` is whether it came to its end. */
export const parseExtents = (text: string, complete: boolean): StorageExtents => {
  const rows = rowsOf(text).filter((each) => !isElsewhere(each));
  const bytesOf = (flag: string) =>
    rows.filter(({ flags }) => flags.includes(flag)).reduce((total, { bytes }) => total + bytes, 0);
  return {
    count: rows.length,
    bytes: rows.reduce((total, { bytes }) => total + bytes, 0),
    compressedBytes: bytesOf("encoded"),
    sharedBytes: bytesOf("shared"),
    preallocatedBytes: bytesOf("unwritten"),
    complete,
  };
};

/**
 * A file in hundreds of thousands of pieces takes longer; what was printed by then is kept. A writer waits for no more than
 * one call of FIEMAP, which looks at some 300 of them (e2fsprogs, filefrag.c).
 */
const patienceSeconds = 5;

/** Null where it was refused. Without -s nothing is written back for it. */
export const readExtents = async (path: string): Promise<StorageExtents | null> => {
  const { stdout, failure } = await ask("filefrag", ["-v", path], patienceSeconds);
  const read = rowsOf(stdout).length > 0;
  return failure === null || read ? parseExtents(stdout, failure === null) : null;
};
