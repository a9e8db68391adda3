import * as z from "zod";
import { isAtOrBelow, isBelow } from "../../../paths.ts";

export const mountColumns = "FSTYPE,SOURCE,TARGET,OPTIONS,UUID,FSROOT";

/** A mount as the kernel lists it. */
export interface Mounted {
  readonly type: string;
  readonly device: string;
  readonly mountPoint: string;
  readonly options: readonly string[];
  readonly uuid: string | null;
  /** What of the filesystem is mounted: of Btrfs a subvolume, or a directory in it that was bound here. */
  readonly root: string;
  /** Null but on Btrfs. */
  readonly subvolume: string | null;
}

const mountRow = z.object({
  fstype: z.string(),
  source: z.string().nullable(),
  target: z.string(),
  options: z.string(),
  uuid: z.string().nullable(),
  fsroot: z.string(),
});

const fstabRow = z.object({ target: z.string(), options: z.string().nullable() });

const rowsOf = <T>(row: z.ZodType<T>, text: string): readonly T[] =>
  text.trim() === "" ? [] : z.object({ filesystems: z.array(row) }).parse(JSON.parse(text)).filesystems;

/** The kernel prints it last, so that a comma in its name belongs to it (fs/btrfs/super.c, btrfs_show_options). */
const subvolumeIn = (options: string): string | null => /(?:^|,)subvol=(.*)$/.exec(options)?.[1] ?? null;

/** What `findmnt --json --list --nofsroot --output` prints of `mountColumns`. Throws for what is none of it. */
export const parseMounts = (text: string): readonly Mounted[] =>
  rowsOf(mountRow, text).map(({ fstype, source, target, options, uuid, fsroot }) => ({
    type: fstype,
    device: source ?? "none",
    mountPoint: target,
    options: options.split(","),
    uuid,
    root: fsroot,
    subvolume: fstype === "btrfs" ? (subvolumeIn(options) ?? fsroot) : null,
  }));

/** Options by mount point, as `findmnt --tab-file FILE --json --list --output TARGET,OPTIONS` prints them. */
export const parseFstab = (text: string): ReadonlyMap<string, readonly string[]> =>
  new Map(rowsOf(fstabRow, text).map(({ target, options }) => [target, options?.split(",") ?? ["defaults"]]));

/** The mount that a path lies on; of several on one place the last is seen. */
export const mountOf = (mounts: readonly Mounted[], path: string): Mounted | null =>
  mounts.reduce<Mounted | null>(
    (best, mount) =>
      isAtOrBelow(mount.mountPoint, path) && mount.mountPoint.length >= (best?.mountPoint.length ?? 0)
        ? mount
        : best,
    null,
  );

const joined = (parent: string, rest: string): string =>
  rest === "" ? parent : parent === "/" ? rest : `${parent}${rest}`;

const below = (parent: string, path: string): string =>
  parent === "/" ? (path === "/" ? "" : path) : path.slice(parent.length);

/** Where a path of this host lies within its filesystem. */
export const pathInFilesystem = ({ root, mountPoint }: Pick<Mounted, "root" | "mountPoint">, path: string) =>
  joined(root, below(mountPoint, path));

/** Where one of the mounts shows a path of its filesystem; null where none does. */
export const visibleAt = (
  mounts: readonly Pick<Mounted, "root" | "mountPoint">[],
  path: string,
): string | null => {
  const shown = mounts.find(({ root }) => isAtOrBelow(root, path));
  return shown === undefined ? null : joined(shown.mountPoint, below(shown.root, path));
};

export const mountPointsBelow = (mounts: readonly Mounted[], path: string): ReadonlySet<string> =>
  new Set(mounts.map(({ mountPoint }) => mountPoint).filter((each) => isBelow(path, each)));
