import type { PlanChange } from "../../fleet/plan-changes.ts";
import type { Problem } from "../../problem.ts";

/** What is to be done with the hosts: written, or looked at. */
export type Mode =
  | { readonly kind: "write"; readonly relayout: boolean }
  | { readonly kind: "check" | "diff" };

/** What the threads know of the whole run. */
export interface RunFacts {
  readonly mode: Mode;
  /** The fleet file as the user named it; profiles lie relative to it. */
  readonly fleetFile: string;
  /** Its name alone, for the headers. */
  readonly specName: string;
  /** Text of an evidence file and its name; null for what is built in. */
  readonly evidence: { readonly text: string; readonly file: string } | null;
  /** Stands for the evidence in a host's input. */
  readonly evidenceHash: string;
  readonly out: string;
}

/** What a host was made from and what it came to, as hashes. */
export interface HostRecord {
  readonly input: string;
  readonly output: string;
}

export interface HostTask {
  readonly name: string;
  readonly spec: unknown;
  readonly record: HostRecord | null;
}

/** How a host's folder stands to its plan, before a write. */
export type HostState = "unchanged" | "new" | "changed";

export type HostResult =
  | {
      readonly name: string;
      readonly ok: true;
      readonly state: HostState;
      readonly record: HostRecord;
      /** What differs in the plan; empty where the folder is new or unchanged. */
      readonly changes: readonly PlanChange[];
    }
  | {
      readonly name: string;
      readonly ok: false;
      /** Those without a file are about the host's spec. */
      readonly problems: readonly Problem[];
      readonly exitCode: number;
    };
