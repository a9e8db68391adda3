import type { EngineFacts } from "../../engines/types.ts";
import type { Source } from "../../sources/types.ts";
import type { FindPair } from "./effects.ts";

/** Something said, with where it was read; without a source it is our conclusion. */
export interface Cited {
  readonly text: string;
  readonly sources: readonly Source[];
}

export const cited = (text: string, ...sources: readonly Source[]): Cited => ({ text, sources });

/** A way to store a database's files: what it gives and costs, what it means with an engine, and what was measured. */
export interface Mechanism {
  readonly id: string;
  readonly title: string;
  readonly gives: readonly Cited[];
  readonly costs: readonly Cited[];
  /** Undefined where it means the same with every engine. */
  readonly with?: (facts: EngineFacts) => Cited;
  readonly measured?: {
    /** What is compared with what. */
    readonly about: string;
    readonly find: FindPair;
  };
}
