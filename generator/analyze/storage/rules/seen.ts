import { dirname } from "node:path";
import { shell } from "../../../render/escape.ts";
import type {
  StorageComponent,
  StorageDirectory,
  StorageFile,
  StorageFilesystem,
  StorageMount,
  StorageRole,
} from "../../capture/storage.ts";
import type { Evidence, Observed } from "../../findings/finding.ts";

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

export const titleOf = ({ role, name }: StorageComponent): string =>
  name === null ? `the ${role}` : `the ${role} ${name}`;

export const sizeText = (bytes: number): string => {
  const gib = bytes / 2 ** 30;
  return gib >= 1 ? `${Number(gib.toPrecision(3))} GiB` : `${Number((bytes / 2 ** 20).toPrecision(3))} MiB`;
};

export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

const said = 3;

/** The first few, and how many more there are. */
export const someOf = <T>(all: readonly T[], evidence: (each: T) => Evidence): Evidence[] => {
  const more = all.length - said;
  const shown = all.slice(0, said).map(evidence);
  return more > 0 ? [...shown, { source: "the same way", found: `${more} more of those looked at` }] : shown;
};

export const flagsSeen = ({ path, attributes }: Pick<StorageFile, "path" | "attributes">): Evidence => ({
  source: `lsattr -d ${shell(path)}`,
  found: attributes === null ? "not known" : attributes === "" ? "no flags" : attributes,
});

export const optionsSeen = ({
  mountPoint,
  options,
}: Pick<StorageMount, "mountPoint" | "options">): Evidence => ({
  source: `findmnt ${shell(mountPoint)}`,
  found: options.join(","),
});

export const configuredSeen = ({
  mountPoint,
  configuredOptions,
}: Pick<StorageMount, "mountPoint" | "configuredOptions">): Evidence[] =>
  configuredOptions === null
    ? []
    : [{ source: `/etc/fstab, ${mountPoint}`, found: configuredOptions.join(",") }];

/** Components by where they are mounted, so that what holds for a mount is said once. */
export const byMountPoint = (components: readonly Placed[]): readonly (readonly [Placed, ...Placed[]])[] => {
  const groups = new Map<string, [Placed, ...Placed[]]>();
  for (const component of components) {
    const group = groups.get(component.mount.mountPoint);
    if (group === undefined) groups.set(component.mount.mountPoint, [component]);
    else group.push(component);
  }
  return [...groups.values()];
};

/** Words of a count: "3 files". */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;
