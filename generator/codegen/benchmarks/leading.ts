import { isCandidate, plainBtrfsOf } from "../../evidence/candidate-rows.ts";
import type { EvidenceRow } from "../../evidence/schema.ts";
import type { WorkloadClass } from "../../spec/workload.ts";
import { compare, type MeasuredBatch, middleOf } from "./measured-batch.ts";

export type Claimed = "transactionsPerSecond" | "bytesPerTransaction" | "scanMiBPerSecond" | "spaceShare";

interface Claim {
  readonly better: "more" | "less";
  /** What the best row does. */
  readonly best: string;
  /** What no row does, where plain Btrfs is not beaten. */
  readonly noneBetter: string;
  readonly verb: string;
  /** "as … as", and the same again without its noun. */
  readonly as: string;
  readonly asShort: string;
}

/** How a sentence says what a metric says. */
export const claims: Readonly<Record<Claimed, Claim>> = {
  transactionsPerSecond: {
    better: "more",
    best: "makes the most transactions",
    noneBetter: "makes more transactions",
    verb: "makes",
    as: "many transactions",
    asShort: "many",
  },
  scanMiBPerSecond: {
    better: "more",
    best: "reads its files fastest",
    noneBetter: "reads its files faster",
    verb: "reads its files",
    as: "fast",
    asShort: "fast",
  },
  spaceShare: {
    better: "less",
    best: "takes the least space for its files",
    noneBetter: "takes less space for its files",
    verb: "takes",
    as: "much space",
    asShort: "much",
  },
  bytesPerTransaction: {
    better: "less",
    best: "writes the fewest bytes per transaction",
    noneBetter: "writes fewer bytes per transaction",
    verb: "writes",
    as: "many bytes per transaction",
    asShort: "many",
  },
};

const throughput: readonly Claimed[] = ["transactionsPerSecond"];

/** What each class of workload is run for, the most important first. */
export const leadingOf: Readonly<Record<WorkloadClass, readonly Claimed[]>> = {
  oltp: throughput,
  append: ["transactionsPerSecond", "spaceShare"],
  analytics: ["scanMiBPerSecond", "transactionsPerSecond"],
  "read-mostly": throughput,
  queue: throughput,
  mixed: throughput,
};

/** Candidates of the planner that that have the metric, the best first. */
export const ranked = ({ rows }: MeasuredBatch, metric: Claimed): EvidenceRow[] => {
  const sign = claims[metric].better === "more" ? -1 : 1;
  return rows
    .filter((row) => isCandidate(row) && middleOf(row, metric) !== null)
    .toSorted((a, b) => sign * ((middleOf(a, metric) ?? 0) - (middleOf(b, metric) ?? 0)));
};

/** Whether Btrfs keeps checksums of the data. */
export const isChecked = ({ layout }: EvidenceRow): boolean => layout?.data === "cow";

/** Whether two rows differ by more than the noise of their batch. */
export const differs = (
  { batch }: MeasuredBatch,
  metric: Claimed,
  a: EvidenceRow,
  b: EvidenceRow | undefined,
): boolean => b !== undefined && compare(batch, metric, a, b)?.differs === true;

/** The best of the candidates that `has` admits; of those that the noise cannot tell from it, one with checksums. */
export const bestOf = (
  measured: MeasuredBatch,
  metric: Claimed,
  has: (row: EvidenceRow) => boolean = () => true,
): EvidenceRow | undefined => {
  const rows = ranked(measured, metric).filter(has);
  const [top] = rows;
  if (top === undefined) return undefined;
  const plain = plainBtrfsOf(measured.rows);
  const isAsGood = (row: EvidenceRow) =>
    !differs(measured, metric, row, top) &&
    differs(measured, metric, row, plain) === differs(measured, metric, top, plain);
  return rows.find((row) => isChecked(row) && isAsGood(row)) ?? top;
};
