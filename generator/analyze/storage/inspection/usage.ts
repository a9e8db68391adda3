import type { StorageFilesystem, StorageSpace } from "../../capture/storage.ts";

interface Chunks {
  readonly kinds: readonly string[];
  readonly profile: string;
  readonly bytes: number;
  readonly usedBytes: number;
}

// "Data,RAID1: Size:1, Used:1 (1%)"; small filesystems may mix "Data+Metadata".
const chunkLine = /^([A-Z][A-Za-z+]*), ?(\w+): Size:(\d+), Used:(\d+)/gm;

const chunksOf = (text: string): readonly Chunks[] =>
  [...text.matchAll(chunkLine)].map(([, kinds = "", profile = "", bytes, usedBytes]) => ({
    kinds: kinds.split("+"),
    profile,
    bytes: Number(bytes),
    usedBytes: Number(usedBytes),
  }));

const figure = (text: string, name: string): number =>
  Number(new RegExp(`^ *${name}:\\s+(\\d+)`, "m").exec(text)?.[1]);

export type Usage = Pick<StorageFilesystem, "dataProfiles" | "metadataProfiles"> & {
  readonly space: StorageSpace;
};

/** What `btrfs filesystem usage -b` prints; null for what is none of it. */
export const parseUsage = (text: string): Usage | null => {
  const all = chunksOf(text);
  const of = (kind: string) => all.filter(({ kinds }) => kinds.includes(kind));
  const sum = (kind: string, field: "bytes" | "usedBytes") =>
    of(kind).reduce((total, chunks) => total + chunks[field], 0);
  const profiles = (kind: string) => [...new Set(of(kind).map(({ profile }) => profile))];
  const space = {
    bytes: figure(text, "Device size"),
    unallocatedBytes: figure(text, "Device unallocated"),
    dataBytes: sum("Data", "bytes"),
    dataUsedBytes: sum("Data", "usedBytes"),
    metadataBytes: sum("Metadata", "bytes"),
    metadataUsedBytes: sum("Metadata", "usedBytes"),
    globalReserveBytes: figure(text, "Global reserve"),
  };
  if (all.length === 0 || Object.values(space).some(Number.isNaN)) return null;
  return { dataProfiles: profiles("Data"), metadataProfiles: profiles("Metadata"), space };
};
