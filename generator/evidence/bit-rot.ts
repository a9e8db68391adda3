import rows from "./bit-rot.json" with { type: "json" };

/** What one layout answered to flipped bits in a table on the disk. Counts are of flips; a flip has one outcome. */
export interface BitRotRow {
  readonly engine: string;
  readonly data: "cow" | "nocow";
  /** Whether Btrfs had a second copy of the data. */
  readonly mirrored: boolean;
  readonly kernel: string;
  readonly flips: number;
  /** The right answer, and scrub repaired the copy. */
  readonly healed: number;
  /** An error instead of an answer, from a server that went on. */
  readonly refused: number;
  /** The server went down over it and came back. */
  readonly crashed: number;
  /** The server did not come up any more. */
  readonly stopped: number;
  /** A wrong answer, and no error. */
  readonly wrong: number;
}

/** From the lab's results; `npm run lab:results` writes the file, and its check fails where it is stale. */
export const bitRot: readonly BitRotRow[] = rows as BitRotRow[];
