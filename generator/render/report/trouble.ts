import type { BtrfsFilesystem, Plan, PlannedDatabase } from "../../plan/types.ts";

/** One kind of trouble with a database: what notices it, what repairs it, what it costs. */
export interface TroubleView {
  readonly trouble: string;
  readonly detects: string;
  readonly repairs: string;
  readonly lost: Loss;
  /** What the lab saw of it. */
  readonly seen: string | undefined;
}

export interface Loss {
  readonly text: string;
  /** nothing; a bounded part; what no copy is kept of. */
  readonly tone: "good" | "fair" | "bad";
}

/** A database with what its safety follows from. */
export interface Kept {
  readonly plan: Plan;
  readonly database: PlannedDatabase;
  readonly filesystem: BtrfsFilesystem;
  readonly title: string;
}

export type Trouble = (kept: Kept) => TroubleView;

export const nothingLost: Loss = { text: "Nothing.", tone: "good" };
