/** What docs/benchmarks.md shows of an evidence file; texts are plain, and the template quotes them. */
export interface BenchmarksPage {
  /** The evidence file, below the repository. */
  readonly file: string;
  readonly facts: readonly BenchmarkFact[];
  /** Commands that run it again; empty where `dbtrfs bench` did not measure it. */
  readonly commands: readonly string[];
  readonly definitions: readonly { readonly title: string; readonly text: string }[];
  readonly glance: readonly GlanceRow[];
  readonly standings: StandingsView;
  readonly regrets: readonly RegretView[];
  /** What preferences ask of a layout, in words. */
  readonly promises: string;
  readonly batches: readonly BatchView[];
  readonly caveats: readonly string[];
  readonly gaps: BenchmarkGaps;
}

export interface BenchmarkFact {
  readonly name: string;
  readonly text: string;
}

/** The best layout of a batch, by what its workload is run for. */
export interface GlanceRow {
  readonly id: string;
  /** Empty in the second row of a batch. */
  readonly title: string;
  readonly metric: string;
  readonly layout: string;
  readonly checksums: "yes" | "no";
  readonly againstBtrfs: string;
  readonly againstXfs: string;
}

export interface StandingsView {
  readonly met: number;
  readonly missed: number;
  readonly unmeasured: number;
  readonly targets: readonly {
    readonly title: string;
    readonly batch: string;
    readonly wanted: string;
    readonly found: string;
    readonly layout: string;
    readonly verdict: string;
    /** For a missed one, the batch that looks for more. */
    readonly tried: string | undefined;
  }[];
}

export interface RegretView {
  readonly batch: string;
  readonly preferences: string;
  readonly metric: string;
  readonly chosen: string;
  readonly best: string;
  readonly regret: string;
}

export interface BatchView {
  readonly id: string;
  readonly title: string;
  /** Engine, circumstances and noise, in a line. */
  readonly about: string;
  readonly load: string;
  /** Below docs/; undefined where the rows have no rate to draw. */
  readonly figure: { readonly file: string; readonly alt: string } | undefined;
  readonly sentences: readonly string[];
  readonly headings: readonly string[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly string[] }[];
  readonly notes: readonly string[];
}

export interface BenchmarkGaps {
  readonly workloads: readonly string[];
  readonly engines: readonly { readonly title: string; readonly cells: readonly string[] }[];
  /** Lists in words; empty where nothing is missing. */
  readonly absentEngines: string;
  readonly disks: string;
  readonly metrics: string;
}
