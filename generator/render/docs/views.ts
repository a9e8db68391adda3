/** What the pages of docs/ show that are made from data; `npm run update-docs` writes them. */
export interface OptionsPage {
  readonly title: string;
  readonly introduction: string;
  readonly options: readonly DocumentedOption[];
}

export interface DocumentedOption {
  readonly name: string;
  readonly type: string;
  /** Markdown; undefined where there is none. */
  readonly default: string | undefined;
  /** Nix. */
  readonly example: string | undefined;
  /** Markdown, as NixOS has it. */
  readonly description: string;
  readonly file: string;
}

export interface MonitoringTables {
  readonly metrics: readonly DocumentedMetric[];
  readonly alerts: readonly DocumentedAlert[];
}

export interface DocumentedMetric {
  readonly name: string;
  readonly labels: string;
  readonly type: string;
  readonly file: string;
  readonly help: string;
}

export interface DocumentedAlert {
  readonly name: string;
  readonly severity: string;
  readonly for: string;
  readonly exists: string;
  readonly meaning: string;
}

export interface OptionsIndex {
  readonly pages: readonly OptionsEntry[];
}

export interface OptionsEntry {
  readonly title: string;
  readonly page: string;
  readonly introduction: string;
  readonly count: number;
}

export interface AnalyzeTables {
  readonly conditions: readonly DocumentedCondition[];
  readonly measurements: readonly DocumentedMeasurement[];
  readonly findings: readonly DocumentedFinding[];
  readonly fields: readonly DocumentedField[];
}

export interface DocumentedCondition {
  readonly class: string;
  readonly measurement: string;
  /** "at least 30 %" */
  readonly limit: string;
  readonly reason: string;
  readonly sources: readonly { readonly title: string; readonly url: string }[];
}

export interface DocumentedMeasurement {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
}

export interface DocumentedFinding {
  readonly id: string;
  readonly severity: string;
  readonly engines: string;
  /** What is found. */
  readonly about: string;
}

/** A field of a JSON document. */
export interface DocumentedField {
  /** samples[].counters */
  readonly path: string;
  readonly type: string;
  readonly description: string;
}
