/** The dimensions in which candidate layouts of one database differ. */

export const dataCows = ["cow", "nocow"] as const;
export type DataCow = (typeof dataCows)[number];

/** `in-place`: with the data and as the data is; `nocow`: a +C directory of the same subvolume; or a small XFS. */
export const logPlaces = ["in-place", "nocow", "own-filesystem"] as const;
export type LogPlace = (typeof logPlaces)[number];

export const compressions = ["none", "zstd"] as const;
export type Compression = (typeof compressions)[number];

export type Nodesize = 4096 | 8192 | 16384;

/** How the log reaches the disk: the engine's default, or one write with O_DSYNC (PostgreSQL only). */
export const logSyncs = ["default", "open_datasync"] as const;
export type LogSync = (typeof logSyncs)[number];

export interface LayoutChoice {
  readonly data: DataCow;
  readonly log: LogPlace;
  readonly compression: Compression;
  readonly nodesize: Nodesize;
  readonly logSync: LogSync;
}

/** `mkfs.btrfs && initdb`: what every measurement is compared with. */
export const btrfsDefaults: LayoutChoice = {
  data: "cow",
  log: "in-place",
  compression: "none",
  nodesize: 16384,
  logSync: "default",
};

const dimensions = Object.keys(btrfsDefaults) as (keyof LayoutChoice)[];

export const sameLayout = (a: LayoutChoice, b: LayoutChoice): boolean =>
  dimensions.every((dimension) => a[dimension] === b[dimension]);

/** Whether commits overwrite the log in place on Btrfs. */
export const isLogNoCow = ({ data, log }: LayoutChoice): boolean =>
  log === "nocow" || (log === "in-place" && data === "nocow");
