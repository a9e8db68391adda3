import type { Source } from "../../sources/types.ts";
import type { Capture } from "../capture/schema.ts";
import type { Measured } from "../measure/measured.ts";

/**
 * alarm: data is at risk, or a setting does not do what it is there for; caution: it costs; note: surprising, and
 * harmless so far. The gravest first.
 */
export const severities = ["alarm", "caution", "note"] as const;
export type Severity = (typeof severities)[number];

/** One thing that was seen: where, and what. */
export interface Evidence {
  /** A command, a file, a setting, a counter: where a reader can look again. */
  readonly source: string;
  readonly found: string;
}

/** What is wrong or surprising about today's storage or settings. */
export interface Finding {
  /** Of its rule; a rule may find more than one thing. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence, without a full stop. */
  readonly title: string;
  /** Why it matters. */
  readonly explanation: string;
  readonly evidence: readonly Evidence[];
  /** What would mend it: commands with every name quoted for the shell, and words in lines that begin with #. Empty where nothing needs mending. */
  readonly migration: readonly string[];
  /** Where the explanation was read; absent where the evidence says all. */
  readonly sources?: readonly Source[];
}

/** All that a finding may rest on. */
export interface Observed {
  readonly capture: Capture;
  readonly measured: Measured;
  /** Of the engine's own pages, as in Derived. */
  readonly pageChecksums: boolean | null;
}

/** What a rule found; its severity where it is another one than that of the rule. */
export type Found = Omit<Finding, "id" | "severity"> & Partial<Pick<Finding, "severity">>;

export interface FindingRule {
  /** kebab-case, stable: programs filter by it. */
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, for the documentation: a clause without a full stop. */
  readonly about: string;
  find(observed: Observed): readonly Found[];
}

/** What the rules find, the gravest first. */
export const findAll = (rules: readonly FindingRule[], observed: Observed): readonly Finding[] =>
  rules
    .flatMap(({ id, severity, find }) => find(observed).map((found) => ({ id, severity, ...found })))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
