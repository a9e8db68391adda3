import { dirname } from "node:path";
import { isBelow } from "../../paths.ts";
import { shell } from "../../render/escape.ts";
import type { StorageNested } from "../capture/storage.ts";
import {
  byRunbook,
  copy,
  flags,
  flagsOf,
  note,
  prepared,
  type Script,
  start,
  stop,
  type Wanted,
} from "./migration-steps.ts";
import { isDirectory, type Placed } from "./rules/seen.ts";

/** The directory that gets new flags: a file's own cannot change once it holds data, and SQLite makes new files beside it. */
export const directoryOf = (component: Placed): string =>
  isDirectory(component) ? component.realPath : dirname(component.realPath);

/** Components in directories further down keep what they have: the copy of one would else take on the new flags. */
const kept = (
  directory: string,
  target: string,
  wanted: Wanted,
  all: readonly Placed[],
  self: Placed,
): Script =>
  all
    .filter(
      (other) =>
        other.realPath !== self.realPath &&
        isDirectory(other) &&
        isBelow(directory, other.realPath) &&
        other.mount.mountPoint === self.mount.mountPoint &&
        flagsOf(other) !== wanted,
    )
    .flatMap((other) => {
      const path = shell(`${target}${other.realPath.slice(directory.length)}`);
      return [
        `mkdir -p ${shell(dirname(`${target}${other.realPath.slice(directory.length)}`))}`,
        ...prepared("mkdir", path, shell(other.realPath), flagsOf(other)),
      ];
    });

const inPlace = (component: Placed, wanted: Wanted, all: readonly Placed[], make: string): Script => {
  const directory = directoryOf(component);
  const [old, fresh] = [`${directory}.old`, `${directory}.new`];
  return [
    stop,
    ...prepared(make, shell(fresh), shell(directory), wanted),
    ...kept(directory, fresh, wanted, all, component),
    `${copy} ${shell(directory)}/. ${shell(fresh)}/`,
    `mv ${shell(directory)} ${shell(old)}`,
    `mv ${shell(fresh)} ${shell(directory)}`,
    start,
  ];
};

const mounted = ({ mount }: Placed): string =>
  mount.configuredOptions === null
    ? `mount -o ${shell(mount.options.filter((option) => !option.startsWith("subvolid=")).join(","))} ${shell(mount.device)} ${shell(mount.mountPoint)}`
    : `mount ${shell(mount.mountPoint)}`;

/** A mount point cannot be renamed; the subvolume that is mounted there can. */
const bySubvolume = (
  component: Placed,
  wanted: Wanted,
  all: readonly Placed[],
  subvolume: string,
): Script => {
  const { mount, realPath } = component;
  const top = `${dirname(realPath)}/.dbtrfs-top`.replace("//", "/");
  const [now, old, fresh] = ["", ".old", ".new"].map((suffix) => `${top}${subvolume}${suffix}`) as [
    string,
    string,
    string,
  ];
  return [
    stop,
    `mkdir ${shell(top)}`,
    `mount -o subvol=/ ${shell(mount.device)} ${shell(top)}`,
    ...prepared("btrfs subvolume create", shell(fresh), shell(realPath), wanted),
    ...kept(realPath, fresh, wanted, all, component),
    `${copy} ${shell(realPath)}/. ${shell(fresh)}/`,
    `umount ${shell(realPath)}`,
    `mv ${shell(now)} ${shell(old)}`,
    `mv ${shell(fresh)} ${shell(now)}`,
    mounted(component),
    `umount ${shell(top)}`,
    `rmdir ${shell(top)}`,
    start,
  ];
};

const onTopLevel = ({ realPath }: Placed, wanted: Wanted): Script => [
  stop,
  note(
    `${realPath} is the top level of its filesystem, which cannot be exchanged. Copy all of it to another`,
  ),
  note("filesystem, empty it, and then:"),
  ...flags(wanted, shell(realPath)),
  note(`Copy everything back by ${copy}. Start the server.`),
];

const isSubvolumeRoot = ({ realPath, mount, subvolume }: Placed): boolean =>
  mount.subvolume !== null &&
  subvolume === `${mount.subvolume === "/" ? "" : mount.subvolume}${realPath.slice(mount.mountPoint.length)}`;

/**
 * Files of a component, copied into a directory that has the wanted flags first: a flag takes hold of empty files only, mv
 * keeps the old one, and a reflink would keep the old extents (btrfs(5), File attributes).
 * @param all components, for what lies further down
 */
export const copied = (component: Placed, wanted: Wanted, all: readonly Placed[]): Script => {
  const { mount } = component;
  const subvolume = mount.subvolume ?? "/";
  if (directoryOf(component) !== mount.mountPoint) {
    const make = isSubvolumeRoot(component) ? "btrfs subvolume create" : "mkdir";
    return [byRunbook, ...inPlace(component, wanted, all, make)];
  }
  if (subvolume === "/") return [byRunbook, ...onTopLevel(component, wanted)];
  return [byRunbook, ...bySubvolume(component, wanted, all, subvolume)];
};

/** A subvolume inside another one, made a directory of it. */
export const exchangedForDirectory = (nested: Pick<StorageNested, "path" | "attributes">): Script => {
  const path = shell(nested.path);
  const [old, fresh] = [shell(`${nested.path}.old`), shell(`${nested.path}.new`)];
  return [
    stop,
    ...prepared("mkdir", fresh, path, flagsOf(nested)),
    `${copy} ${path}/. ${fresh}/`,
    `mv ${path} ${old}`,
    `mv ${fresh} ${path}`,
    note(`Start the server. Once it runs well: btrfs subvolume delete ${old}`),
  ];
};

/** What a link in the data directory leads away from it, brought back; where a setting does, words. */
export const copiedBack = (away: Placed, data: Placed): Script => {
  const linked = away.path !== away.realPath && isBelow(data.path, away.path);
  if (!linked)
    return [
      note(
        `Let the server's setting of ${away.role} name a directory in ${data.realPath}, and copy ${away.realPath} there.`,
      ),
    ];
  const [path, real] = [shell(away.path), shell(away.realPath)];
  return [
    stop,
    `rm ${path}`,
    ...prepared("mkdir", path, real, flagsOf(away)),
    `${copy} ${real}/. ${path}/`,
    note(`Start the server. Once it runs well, remove ${real}.`),
  ];
};
