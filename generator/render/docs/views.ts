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
