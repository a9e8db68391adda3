import type { Metric } from "../evidence/schema.ts";
import { isLogNoCow, type LayoutChoice } from "../layout/layout-choice.ts";
import { btrfs } from "../sources/btrfs.ts";
import type { Source } from "../sources/types.ts";
import type { Situation } from "./situation.ts";

export type CriterionId =
  | "throughput"
  | "latency"
  | "bytesWritten"
  | "scan"
  | "fragmentation"
  | "space"
  | "rewriting"
  | "integrity"
  | "snapshots"
  | "recovery"
  | "seeks";

/** Judged by measurements: the first metric that the evidence knows. `inverse`: it stands in upside down. */
interface MeasuredCriterion {
  readonly kind: "measured";
  readonly title: string;
  readonly better: "higher" | "lower";
  readonly metrics: readonly { readonly metric: Metric; readonly inverse?: boolean }[];
}

/** Judged by documented facts: 0 is as good as plain Btrfs, -1 the worst that a careful owner may still choose. */
interface DocumentedCriterion {
  readonly kind: "documented";
  readonly title: string;
  readonly judge: (layout: LayoutChoice, situation: Situation) => number;
  readonly sources: readonly Source[];
}

export type Criterion = MeasuredCriterion | DocumentedCriterion;

const isDataNoCow = (layout: LayoutChoice) => layout.data === "nocow";
const isSplit = (layout: LayoutChoice) => layout.log === "own-filesystem";

const nocowCost = (layout: LayoutChoice, { database }: Situation): number => {
  if (!isDataNoCow(layout)) return 0;
  return database.clones ? -0.6 : -0.5;
};

export const criteria: Readonly<Record<CriterionId, Criterion>> = {
  throughput: {
    kind: "measured",
    title: "transactions per second",
    better: "higher",
    metrics: [{ metric: "transactionsPerSecond" }],
  },
  latency: {
    kind: "measured",
    title: "latency of a transaction",
    better: "lower",
    // With a fixed number of clients the mean latency is the clients divided by the throughput.
    metrics: [{ metric: "latencyP95Milliseconds" }, { metric: "transactionsPerSecond", inverse: true }],
  },
  bytesWritten: {
    kind: "measured",
    title: "bytes written to the device per transaction",
    better: "lower",
    metrics: [{ metric: "bytesPerTransaction" }, { metric: "writtenMiB" }],
  },
  scan: {
    kind: "measured",
    title: "cold sequential read",
    better: "higher",
    metrics: [{ metric: "scanMiBPerSecond" }],
  },
  fragmentation: {
    kind: "measured",
    title: "extents of the biggest table",
    better: "lower",
    metrics: [{ metric: "extents" }],
  },
  space: {
    kind: "measured",
    title: "space used",
    better: "lower",
    metrics: [{ metric: "dataGiB" }],
  },
  rewriting: {
    kind: "documented",
    title: "small rewrites of compressed extents",
    // A page rewritten inside a compressed extent keeps the whole old extent alive, and reading it decompresses 128 KiB.
    judge: (layout) => (layout.compression === "none" ? 0 : -1),
    sources: [btrfs.compressionUnit, btrfs.extentsFreedAsAWhole],
  },
  integrity: {
    kind: "documented",
    title: "what notices a bad block",
    // The engine's page checksums notice on read, scrub never does; a log has record checksums and is read only in recovery.
    judge: (layout) => (isDataNoCow(layout) ? -1 : isLogNoCow(layout) || isSplit(layout) ? -0.15 : 0),
    sources: [btrfs.noCowHasNoChecksums],
  },
  snapshots: {
    kind: "documented",
    title: "what a snapshot costs",
    // A split log costs each snapshot a fence of a tenth of a second and a copy of the log (docs/testing.md); NOCOW
    // data is copied once after each, and in each clone.
    judge: (layout, situation) => {
      if (situation.snapshotNeed === "none") return 0;
      return (isSplit(layout) ? -0.4 : 0) + nocowCost(layout, situation);
    },
    sources: [btrfs.snapshotIsOneSubvolume, btrfs.snapshotCowsOnce],
  },
  recovery: {
    kind: "documented",
    title: "what a restore must mind",
    judge: (layout) =>
      (isSplit(layout) ? -0.4 : 0) + (isDataNoCow(layout) ? -0.4 : layout.log === "nocow" ? -0.1 : 0),
    sources: [btrfs.sendLosesNoCow],
  },
  seeks: {
    kind: "documented",
    title: "seeks in metadata trees",
    // Small nodes make taller and more scattered trees, which only a spinning disk feels.
    judge: (layout, situation) => (situation.disk === "hdd" && layout.nodesize < 16384 ? -1 : 0),
    sources: [btrfs.nodesize],
  },
};
