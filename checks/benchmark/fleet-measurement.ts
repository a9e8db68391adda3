import type { Likeness } from "./fleet-of.ts";

export interface Run {
  readonly seconds: number;
  /** Of the whole process, all threads. */
  readonly peakMemoryMiB: number;
}

export interface FleetMeasurement {
  readonly hosts: number;
  readonly likeness: Likeness;
  /** Of what was written. */
  readonly sizeMiB: number;
  readonly first: Run;
  readonly unchanged: Run;
  readonly check: Run;
}

/** What fleet-results.json holds. */
export interface FleetResults {
  readonly command: string;
  readonly date: string;
  readonly machine: string;
  readonly measurements: readonly FleetMeasurement[];
}
