import { dirname } from "node:path";
import type { StorageDirectory, StorageFile, StorageMount, StorageNested } from "../../capture/storage.ts";
import { compressionRequest } from "../compression-request.ts";
import { compressedShareOf, judgedBytes, leastCompressedShare } from "../compression-share.ts";
import { type Attributes, readAttributes } from "./attributes.ts";
import { readExtents } from "./extents.ts";
import { fewUnits, type Sizes, sampleFiles } from "./sample-units.ts";

export interface ReadFiles {
  readonly own: Attributes;
  readonly files: StorageFile[];
  readonly directories: StorageDirectory[];
  readonly nested: StorageNested[];
  /** Why something of it is not known; null where all is. */
  readonly failure: string | null;
}

const nothing: Attributes = { attributes: null, compressionProperty: null };

/** What zstd would save on a file that Btrfs should compress and does not. */
const missedBy = async (
  file: Omit<StorageFile, "compressibility">,
  directory: StorageDirectory | undefined,
  mount: StorageMount,
): Promise<StorageFile["compressibility"]> => {
  const missed =
    mount.type === "btrfs" &&
    file.bytes >= judgedBytes &&
    file.extents !== null &&
    compressedShareOf(file.extents) < leastCompressedShare &&
    compressionRequest(file, directory, mount) !== null;
  return missed ? (await sampleFiles([file], fewUnits)).compressibility : null;
};

export interface FilesToRead {
  /** The component's own path. */
  readonly path: string;
  readonly files: readonly Sizes[];
  readonly directories: readonly string[];
  readonly nested: readonly Pick<StorageNested, "path" | "kind">[];
}

/** Flags, properties and extents of chosen files, and the flags of the directories that hold them. */
export const readFiles = async (wanted: FilesToRead, mount: StorageMount): Promise<ReadFiles> => {
  const paths = [wanted.path, ...wanted.directories, ...[...wanted.files, ...wanted.nested].map(pathOf)];
  const { byPath, failure } = await readAttributes([...new Set(paths)], mount.type === "btrfs");
  const flags = (path: string) => byPath.get(path) ?? nothing;
  const directories = wanted.directories.map((path) => ({ path, ...flags(path) }));
  const read = async ({ path, bytes }: Sizes): Promise<StorageFile> => {
    const file = { path, bytes, ...flags(path), extents: await readExtents(path) };
    const directory = directories.find((each) => each.path === dirname(path));
    return { ...file, compressibility: await missedBy(file, directory, mount) };
  };
  // One after the other: a server works on these files.
  const files: StorageFile[] = [];
  for (const file of wanted.files) files.push(await read(file));
  return {
    own: flags(wanted.path),
    files,
    directories,
    nested: wanted.nested.map((each) => ({ ...each, attributes: flags(each.path).attributes })),
    failure,
  };
};

const pathOf = ({ path }: { readonly path: string }): string => path;
