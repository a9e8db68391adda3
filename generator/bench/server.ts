import type { Engine } from "../spec/schema.ts";
import type { WorkloadClass } from "../spec/workload.ts";
import type { Candidate } from "./candidate.ts";
import type { ControlGroup } from "./control-group.ts";
import type { Volume } from "./volume.ts";

/** What a client saw in a window. Latencies in milliseconds. */
export interface Observed {
  readonly transactions: number;
  readonly seconds: number;
  readonly latency: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    /** Of the one that waited longest. */
    readonly max: number;
  };
}

/** How much data, how many clients, and what they do. */
export interface Load {
  readonly workload: WorkloadClass;
  /** In the unit of the load's own tool: pgbench's scale, rows for others. */
  readonly scale: number;
  readonly clients: number;
  readonly seed: number;
}

/** A database on a volume. Every method throws ExecaError with what the program said. */
export interface Server {
  readonly engine: Engine;
  readonly version: string;
  /** The account that it runs as. */
  readonly user: string;
  /** Settings beside the candidate's own, for the record. */
  readonly settings: string;
  /** Initialises the data directory, starts, and fills the tables. */
  create(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL to all its processes. */
  kill(): Promise<void>;
  /** All that is committed lies in the data files afterwards. */
  checkpoint(): Promise<void>;
  run(seconds: number): Promise<Observed>;
  /** Removes the logs of a server that is stopped and never starts again, so that what is left is the data. */
  discardLogs(): Promise<void>;
  /** A consistent snapshot, as the planned host takes one: the checkpoint, the lock or the fence around it. */
  snapshot(number: number): Promise<void>;
}

/** Everything that a server is made from. */
export interface Place {
  readonly volume: Volume;
  readonly candidate: Candidate;
  readonly load: Load;
  readonly group: ControlGroup;
  /** A folder that the server's account may write to, for sockets and logs; short, because sockets have long names. */
  readonly run: string;
  /** Memory that the server is given for its own cache, MiB. */
  readonly cacheMiB: number;
}

export type MakeServer = (place: Place) => Promise<Server>;

/** The value below which a share of the sorted values lies. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** @param latencies in milliseconds, in any order */
export const observed = (latencies: readonly number[], seconds: number): Observed => {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => percentile(sorted, share);
  return {
    transactions: sorted.length,
    seconds,
    latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 },
  };
};
