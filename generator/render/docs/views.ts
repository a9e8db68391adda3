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

export interface CommandPage {
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly usage: string;
  readonly options: readonly DocumentedCommandOption[];
  /** Command lines, each below a comment that says what it does. */
  readonly examples: string;
}

export interface DocumentedCommandOption {
  readonly forms: string;
  readonly summary: string;
}

export interface CommandIndex {
  readonly commands: readonly { readonly name: string; readonly page: string; readonly summary: string }[];
  readonly options: readonly DocumentedCommandOption[];
  /** A problem as it is printed. */
  readonly problem: string;
  readonly statuses: readonly { readonly status: number; readonly meaning: string }[];
  readonly variables: readonly { readonly name: string; readonly meaning: string }[];
}

export interface SpecPage {
  /** JSON. */
  readonly example: string;
  readonly objects: readonly SpecObject[];
}

export interface SpecObject {
  readonly title: string;
  readonly description: string | undefined;
  readonly fields: readonly SpecField[];
}

export interface SpecField {
  readonly name: string;
  /** Markdown. */
  readonly allowed: string;
  /** Markdown; "required" where there is none and one must be given. */
  readonly default: string;
  readonly description: string;
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

export interface FleetTables {
  readonly objects: readonly SpecObject[];
  readonly machine: string;
  readonly date: string;
  readonly command: string;
  readonly measurements: readonly FleetFigures[];
}

/** Of fleets of one size; numbers are rounded already. */
export interface FleetFigures {
  readonly hosts: string;
  readonly first: string;
  readonly unchanged: string;
  readonly check: string;
  readonly perHost: string;
  readonly memory: string;
  readonly size: string;
}
