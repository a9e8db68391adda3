/** How much of a run is measured, for how long, and on how much scratch space. */
export interface RunSize {
  readonly rounds: number;
  readonly warmUpSeconds: number;
  readonly windowSeconds: number;
  /** Of the device for data, and of the one for a log on its own filesystem. */
  readonly dataGiB: number;
  readonly logGiB: number;
}

export const fullSize: RunSize = { rounds: 3, warmUpSeconds: 4, windowSeconds: 20, dataGiB: 12, logGiB: 4 };

/**
 * Two thirds of a short run are the servers' own: making, loading, killing and recovering them. Its windows and the
 * space, which is written over once, are so small that it stays under ten minutes with a few disturbed trials.
 */
export const quickSize: RunSize = { rounds: 1, warmUpSeconds: 2, windowSeconds: 6, dataGiB: 4, logGiB: 2 };
