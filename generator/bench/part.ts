/** A part of a file or block device, in bytes. */
export interface Part {
  readonly target: string;
  readonly offset: number;
  readonly size: number;
}

/** The block device that a part became. */
export interface PartDevice {
  readonly path: string;
  /** Leaves nothing of it, for whoever is given such a device next. */
  detach(): Promise<void>;
}
