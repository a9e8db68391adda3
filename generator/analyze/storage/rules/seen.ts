import { dirname } from "node:path";
import type {
  StorageComponent,
  StorageDirectory,
  StorageFile,
  StorageFilesystem,
  StorageMount,
  StorageRole,
} from "../../capture/storage.ts";
import type { Observed } from "../../findings/finding.ts";

/** A component whose place is known. */
export interface Placed extends StorageComponent {
  readonly realPath: string;
  readonly mount: StorageMount;
}

const isPlaced = (component: StorageComponent): component is Placed =>
  component.realPath !== null && component.mount !== null;

export const placedIn = ({ capture }: Observed): readonly Placed[] =>
  (capture.storage?.components ?? []).filter(isPlaced);

export const onBtrfs = (observed: Observed): readonly Placed[] =>
  placedIn(observed).filter(({ mount }) => mount.type === "btrfs");

export const filesystemsOf = ({ capture }: Observed): readonly StorageFilesystem[] =>
  capture.storage?.filesystems ?? [];

export const filesystemOf = (observed: Observed, { mount }: Placed): StorageFilesystem | undefined =>
  filesystemsOf(observed).find(({ uuid }) => uuid === mount.uuid);

/** The roles that are overwritten at random; a log is written one block after the other. */
const randomRoles: readonly StorageRole[] = ["data", "tablespace", "undo"];
export const isRandom = ({ role }: StorageComponent): boolean => randomRoles.includes(role);

export const isNoCow = ({ attributes }: Pick<StorageDirectory, "attributes">): boolean =>
  attributes?.includes("C") ?? false;

export const isCow = ({ attributes }: Pick<StorageDirectory, "attributes">): boolean =>
  attributes !== null && !attributes.includes("C");

export const directoryOf = (
  { path }: Pick<StorageFile, "path">,
  component: StorageComponent,
): StorageDirectory | undefined => component.directories.find((each) => each.path === dirname(path));

export const isDirectory = ({ realPath, directories }: Placed): boolean =>
  directories.some(({ path }) => path === realPath);
