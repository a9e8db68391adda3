/** What docs/trade-offs.md shows; texts are plain, and the template quotes them. */
export interface TradeOffsPage {
  readonly inShort: readonly string[];
  readonly mechanisms: readonly MechanismView[];
  readonly badBlocks: readonly BadBlockView[];
  readonly folklore: readonly FolkloreView[];
  readonly matrix: MatrixView;
  /** The same with two mirrored disks. */
  readonly mirrored: readonly MirroredRow[];
  readonly ruledOut: readonly RuledOutView[];
  readonly snapshots: SnapshotPriceView;
  readonly xfs: readonly AgainstXfsView[];
  readonly withoutBtrfs: readonly CitedText[];
}

export interface SourceLink {
  readonly title: string;
  readonly url: string;
}

export interface CitedText {
  readonly text: string;
  readonly sources: readonly SourceLink[];
}

/** What one way to store data gives and costs. */
export interface MechanismView {
  readonly id: string;
  readonly title: string;
  readonly gives: readonly CitedText[];
  readonly costs: readonly CitedText[];
  /** What it means with each engine; empty where it means the same with all. */
  readonly engines: readonly (CitedText & { readonly title: string })[];
  readonly effects: EffectsView | undefined;
}

/** Ratios of runs with the mechanism to runs without it, a batch a row. */
export interface EffectsView {
  readonly about: string;
  readonly headings: readonly string[];
  readonly rows: readonly {
    readonly batch: string;
    readonly title: string;
    /** What else differed; empty where nothing did. */
    readonly also: string;
    readonly cells: readonly string[];
  }[];
}

/** What the lab saw of flipped bits in a table. */
export interface BadBlockView {
  readonly engine: string;
  readonly storage: string;
  readonly flips: number;
  readonly outcome: string;
}

export interface FolkloreView extends CitedText {
  readonly said: string;
  /** What was measured of it, in sentences; empty where nothing was. */
  readonly measured: string;
}

export interface MatrixView {
  readonly plans: number;
  readonly engines: readonly { readonly title: string; readonly rows: readonly MatrixRow[] }[];
}

export interface MatrixRow {
  /** Empty where it is the same as in the row above. */
  readonly workload: string;
  readonly asked: string;
  readonly layout: string;
  readonly rate: string;
  readonly againstXfs: string;
  readonly bytes: string;
  readonly scan: string;
}

export interface MirroredRow {
  readonly engine: string;
  readonly workload: string;
  readonly asked: string;
  readonly layout: string;
}

export interface RuledOutView {
  readonly engine: string;
  readonly where: string;
  readonly what: string;
  readonly why: string;
}

export interface SnapshotPriceView {
  readonly facts: readonly CitedText[];
  readonly batches: readonly {
    readonly batch: string;
    readonly title: string;
    readonly rows: readonly {
      readonly layout: string;
      readonly rate: string;
      readonly extents: string;
      readonly longest: string;
      readonly space: string;
      readonly snapshot: string;
    }[];
  }[];
  /** Engines whose log lies on a filesystem of its own, in the lab. */
  readonly pauses: readonly {
    readonly engine: string;
    readonly snapshots: number;
    readonly median: string;
    readonly longest: number;
  }[];
  readonly intervals: readonly { readonly prefer: string; readonly cow: string; readonly noCow: string }[];
}

export interface AgainstXfsView {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly best: string;
  readonly bestRatio: string;
  /** The best that keeps checksums of the data. */
  readonly checked: string;
  readonly checkedRatio: string;
  readonly verdict: string;
}
