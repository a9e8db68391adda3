import { type Database, type Disk, type DiskKind, diskKinds, type Redundancy, type Spec } from "./schema.ts";

/** Disks of one kind: what one Btrfs filesystem spans. Mixing kinds lets chunks fall on the slow disks. */
export interface Pool {
  readonly kind: DiskKind;
  readonly disks: readonly Disk[];
}

/** Fewest disks that a redundancy needs, and how many copies it keeps of each byte. */
export const redundancyNeeds: Readonly<
  Record<Redundancy, { readonly disks: number; readonly copies: number }>
> = {
  none: { disks: 1, copies: 1 },
  mirror: { disks: 2, copies: 2 },
  mirror3: { disks: 3, copies: 3 },
  "striped-mirror": { disks: 4, copies: 2 },
};

type HostOverride = NonNullable<Spec["override"]>;
type Profile = NonNullable<HostOverride["dataProfile"] | HostOverride["metadataProfile"]>;

/** Copies on disks of their own, mkfs.btrfs(8); both copies of dup lie on one disk. */
export const profileCopies: Readonly<Record<Profile, number>> = {
  single: 1,
  dup: 1,
  raid0: 1,
  raid1: 2,
  raid10: 2,
  raid1c3: 3,
};

/** Which part of a spec says how often data is stored. */
export type Safety = Pick<Spec, "redundancy" | "override">;

/** Copies of each byte of data: what the redundancy gives, or a data profile that the owner has fixed. */
export const copiesOf = ({ redundancy, override }: Safety): number =>
  override?.dataProfile ? profileCopies[override.dataProfile] : redundancyNeeds[redundancy].copies;

/** Btrfs wants free space: below about a tenth, allocation slows down and metadata can find no chunk. */
const reserve = 0.1;

/** The Nix store with a few generations, logs, boot partition. */
const systemGiB = 24;

/** Room that the system and its swap take of these disks, in GiB; none where it lies elsewhere. */
export const systemRoomGiB = ({ root, swapGiB }: Spec["system"]): number =>
  root === "here" ? systemGiB + swapGiB : 0;

/** The disks by kind, fastest first. */
export const poolsOf = (disks: readonly Disk[]): Pool[] =>
  diskKinds
    .map((kind) => ({ kind, disks: disks.filter((disk) => disk.kind === kind) }))
    .filter((pool) => pool.disks.length > 0);

export const canHold = (pool: Pool, redundancy: Redundancy): boolean =>
  pool.disks.length >= redundancyNeeds[redundancy].disks;

/**
 * Bytes of data that a pool takes, in GiB. Each copy lies on a disk of its own, so the k largest disks can hold
 * k of the c copies at most: what is left must hold the other c - k, for every k below c.
 */
export const poolGiB = ({ disks }: Pool, safety: Safety): number => {
  // A profile that the disks cannot give at all is refused elsewhere, for what it is.
  const copies = Math.min(copiesOf(safety), disks.length);
  const sizes = disks.map((disk) => disk.sizeGiB).sort((a, b) => b - a);
  const bounds = Array.from({ length: copies }, (_, k) => sum(sizes.slice(k)) / (copies - k));
  return Math.min(...bounds) * (1 - reserve);
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** The pools that have the disks which the redundancy needs, fastest first. */
export const usablePools = (spec: Spec): Pool[] =>
  poolsOf(spec.disks).filter((pool) => canHold(pool, spec.redundancy));

/**
 * The pool that carries the root filesystem, or would, were it not elsewhere: the fastest that has room for the
 * system and its swap; undefined where none has. Pools are told apart by their kind.
 */
export const rootPool = (spec: Spec): Pool | undefined =>
  usablePools(spec).find((pool) => poolGiB(pool, spec) >= systemRoomGiB(spec.system));

/** What a database needs in a year at the growth that the spec gives, in GiB. */
export const neededInAYear = (database: Database): number =>
  database.sizeGiB + 12 * database.growthGiBPerMonth;
