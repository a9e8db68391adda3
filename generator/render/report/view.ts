import type { Decision, Expectation } from "../../plan/types.ts";

/** What the report shows; the template names these fields and nothing else. */
export interface ReportView {
  readonly header: string;
  readonly host: string;
  readonly notes: string | undefined;
  readonly tree: string;
  readonly warnings: readonly string[];
  readonly databases: readonly DatabaseView[];
  readonly filesystems: readonly DecisionView[];
  readonly alerts: readonly AlertView[];
  readonly refused: readonly RefusedView[];
  readonly evidence: readonly EvidenceView[];
  readonly sources: readonly SourceView[];
  readonly install: string;
}

export interface DatabaseView {
  readonly name: string;
  readonly summary: string;
  readonly notes: string | undefined;
  readonly layout: DecisionView;
  readonly candidates: readonly CandidateView[];
  readonly expected: readonly ExpectationView[];
  readonly decisions: readonly DecisionView[];
  readonly settings: readonly SettingView[];
  readonly backup: BackupView | undefined;
  /** Commands that restore from a snapshot. */
  readonly restore: string | undefined;
  readonly duties: readonly string[];
}

/** What runs when, what it needs from the owner, and the commands that restore from it. */
export interface BackupView {
  readonly runs: readonly string[];
  readonly needs: readonly string[];
  readonly restore: string;
}

export interface CandidateView {
  readonly layout: string;
  readonly score: string;
  readonly flippedBit: string;
  readonly verdict: string;
}

export interface ExpectationView {
  readonly title: string;
  readonly better: Expectation["better"];
  readonly againstBtrfs: string;
  readonly againstXfs: string;
  readonly rows: string;
}

export interface DecisionView {
  readonly title: string;
  readonly value: string;
  readonly reason: string;
  readonly confidence: Decision["confidence"];
  readonly overridden: string | undefined;
}

export interface SettingView {
  readonly name: string;
  readonly value: string;
  readonly reason: string;
  readonly confidence: Decision["confidence"];
}

export interface AlertView {
  readonly name: string;
  readonly severity: string;
  readonly about: string;
  readonly meaning: string;
}

export interface RefusedView {
  readonly what: string;
  readonly why: string;
}

export interface EvidenceView {
  readonly id: string;
  readonly title: string;
  readonly conditions: string;
}

export interface SourceView {
  readonly title: string;
  readonly url: string;
}
