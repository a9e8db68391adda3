import { dirname } from "node:path";
import { isBelow } from "../../../paths.ts";
import type { DiskKind } from "../../../spec/schema.ts";
import type { StorageComponent, StorageMount, StoragePlace } from "../../capture/storage.ts";
import { holdsNoTables } from "./beside-data.ts";
import { chooseFiles, type FoundFile } from "./choose-files.ts";
import { readFiles } from "./files.ts";
import { ifKnown, type Known, reasonsOf } from "./known.ts";
import { type Mounted, mountPointsBelow } from "./mounts.ts";
import { describeMount, isDirectory, type Mounts, realPathOf, rowOf, subvolumeOf } from "./place.ts";
import { type Sampled, sampleFiles } from "./sample-units.ts";
import { type Walked, walk } from "./walk.ts";

/** What is looked up once for all components. */
export interface Surroundings {
  readonly mounts: Mounts;
  readonly kindOf: (mount: Mounted) => Promise<Known<DiskKind>>;
  /** Real paths of all components. */
  readonly paths: readonly string[];
  /** Units to sample of each component with data. */
  readonly units: number;
}

type Seen = Omit<StorageComponent, keyof StoragePlace>;

const nothing: Omit<Seen, "unknown"> = {
  realPath: null,
  mount: null,
  subvolume: null,
  deviceKind: null,
  attributes: null,
  compressionProperty: null,
  bytes: null,
  sampledFiles: [],
  directories: [],
  nested: [],
  compressibility: null,
};

const holdsData = ({ role }: StoragePlace): boolean => role === "data" || role === "tablespace";

const nameWithin = (root: string, path: string): string => (path === root ? path : path.slice(root.length));

const sample = (place: StoragePlace, files: readonly FoundFile[], units: number): Promise<Sampled> =>
  holdsData(place) ? sampleFiles(files, units) : Promise.resolve({ compressibility: null, failure: null });

type Contents = Pick<
  Seen,
  | "attributes"
  | "compressionProperty"
  | "bytes"
  | "sampledFiles"
  | "directories"
  | "nested"
  | "compressibility"
  | "unknown"
>;

const known = (failure: string | null): Known<null> =>
  failure === null ? { value: null } : { unknown: failure };

const walkFrom = (path: string, mount: StorageMount, { mounts, paths }: Surroundings): Walked =>
  walk(path, {
    skip: new Set(paths.filter((other) => isBelow(path, other))),
    mountPoints: mountPointsBelow(mounts.all, path),
    onBtrfs: mount.type === "btrfs",
  });

/** The component's own directory, or the one of its file, and those of the files that are looked at. */
const directoriesOf = (path: string, chosen: readonly FoundFile[]): readonly string[] => {
  const root = isDirectory(path) ? path : dirname(path);
  return [...new Set([root, ...chosen.map((file) => dirname(file.path))])].sort();
};

const sizeOf = ({ files, failure }: Walked): number | null =>
  failure === null ? files.reduce((total, { bytes }) => total + bytes, 0) : null;

const contentsOf = async (
  place: StoragePlace,
  path: string,
  mount: StorageMount,
  surroundings: Surroundings,
): Promise<Contents> => {
  const walked = walkFrom(path, mount, surroundings);
  const files = holdsData(place)
    ? walked.files.filter((file) => !holdsNoTables(nameWithin(path, file.path)))
    : walked.files;
  const chosen = chooseFiles(files);
  const directories = directoriesOf(path, chosen);
  const read = await readFiles({ path, files: chosen, directories, nested: walked.nested }, mount);
  const sampled = await sample(place, files, surroundings.units);
  return {
    ...read.own,
    bytes: sizeOf(walked),
    sampledFiles: read.files,
    directories: read.directories,
    nested: read.nested,
    compressibility: sampled.compressibility,
    unknown: reasonsOf({
      bytes: known(walked.failure),
      sampledFiles: known(read.failure),
      compressibility: known(sampled.failure),
    }),
  };
};

/** Looks at one place. What may not be read is unknown, with the reason. */
export const inspectComponent = async (
  place: StoragePlace,
  surroundings: Surroundings,
): Promise<StorageComponent> => {
  const realPath = realPathOf(place.path);
  if ("unknown" in realPath) return { ...place, ...nothing, unknown: reasonsOf({ realPath }) };
  const row = rowOf(realPath.value, surroundings.mounts);
  if ("unknown" in row)
    return { ...place, ...nothing, realPath: realPath.value, unknown: reasonsOf({ mount: row }) };
  const mount = describeMount(row.value, surroundings.mounts);
  const subvolume: Known<string | null> =
    mount.type === "btrfs" ? subvolumeOf(realPath.value, row.value) : { value: null };
  const deviceKind = await surroundings.kindOf(row.value);
  const contents = await contentsOf(place, realPath.value, mount, surroundings);
  return {
    ...place,
    realPath: realPath.value,
    mount,
    subvolume: ifKnown(subvolume),
    deviceKind: ifKnown(deviceKind),
    ...contents,
    unknown: { ...reasonsOf({ subvolume, deviceKind }), ...contents.unknown },
  };
};
