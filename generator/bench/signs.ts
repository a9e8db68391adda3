import type { Evidence, EvidenceRow } from "../evidence/schema.ts";
import { isWithinNoise, middle, noiseOf } from "../evidence/values.ts";

/** How a layout's throughput stands to plain Btrfs: faster, slower, or within the noise. */
export type Sign = "faster" | "slower" | "same";

export interface Comparison {
  /** Batch and candidate. */
  readonly row: string;
  /** Throughput relative to plain Btrfs in each of the two. */
  readonly ours: number;
  readonly theirs: number;
  readonly signs: readonly [Sign, Sign];
  /** One says faster and the other slower. */
  readonly contradict: boolean;
}

const rateOf = (row: EvidenceRow | undefined): number | null => {
  const value = row?.metrics.transactionsPerSecond;
  return value === undefined ? null : middle(value);
};

const ratioIn = ({ rows }: Evidence, { batch, id }: EvidenceRow): number | null => {
  const own = rateOf(rows.find((row) => row.id === id));
  const plain = rateOf(rows.find((row) => row.id === `${batch}-btrfs-defaults`));
  return own === null || plain === null ? null : own / plain;
};

const signOf = (evidence: Evidence, batch: string, ratio: number): Sign => {
  const told = evidence.batches.find(({ id }) => id === batch);
  if (isWithinNoise(ratio, noiseOf(told ?? { noisePercent: 0 }))) return "same";
  return ratio > 1 ? "faster" : "slower";
};

/** Every row that both have, by id. */
export const compareSigns = (ours: Evidence, theirs: Evidence): Comparison[] =>
  ours.rows.flatMap((row) => {
    const [a, b] = [ratioIn(ours, row), ratioIn(theirs, row)];
    if (a === null || b === null || row.id.endsWith("-btrfs-defaults")) return [];
    const signs = [signOf(ours, row.batch, a), signOf(theirs, row.batch, b)] as const;
    const contradict = signs.includes("faster") && signs.includes("slower");
    return [{ row: row.id, ours: a, theirs: b, signs, contradict }];
  });
