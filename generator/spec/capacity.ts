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

/** Bytes of data that a pool takes, in GiB, with every byte stored as often as the redundancy asks. */
export const poolGiB = (pool: Pool, redundancy: Redundancy): number => {
  const { copies } = redundancyNeeds[redundancy];
  const sizes = pool.disks.map((disk) => disk.sizeGiB);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // Each copy lies on a different disk, so a disk larger than the others together cannot be filled.
  const paired = copies === 2 ? total - Math.max(...sizes) : total;
  return Math.min(total / copies, paired) * (1 - reserve);
};

/** What a database needs in a year at the growth that the spec gives, in GiB. */
export const neededInAYear = (database: Database): number =>
  database.sizeGiB + 12 * database.growthGiBPerMonth;
