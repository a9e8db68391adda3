/** The dimensions in which candidate layouts of one database differ. */

export type DataCow = "cow" | "nocow";
/** `in-place`: with the data and as the data is; `nocow`: a +C directory of the same subvolume; or a small XFS. */
export type LogPlace = "in-place" | "nocow" | "own-filesystem";
export type Compression = "none" | "zstd";
export type Nodesize = 4096 | 8192 | 16384;
/** How the log reaches the disk: the engine's default, or one write with O_DSYNC (PostgreSQL only). */
export type LogSync = "default" | "open_datasync";

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
