import type { Decision } from "../../plan/types.ts";
import type { Runbook } from "../runbooks/runbook.ts";
import type { CalendarGroup } from "./calendar.ts";
import type { CandidateView, CriteriaTable, RefusedView } from "./candidates.ts";
import type { DecisionView } from "./decision-view.ts";
import type { BatchView, EvidenceView } from "./evidence-view.ts";
import type { ExpectationView } from "./expectation-view.ts";
import type { HostPicture } from "./host-picture.ts";
import type { Word } from "./texts.ts";
import type { TroubleView } from "./trouble.ts";

/** What the reports show; their templates name these fields and nothing else. */
export interface ReportView {
  readonly header: string;
  readonly host: string;
  readonly facts: readonly Fact[];
  readonly notes: string | undefined;
  readonly tree: string;
  readonly picture: HostPicture;
  readonly warnings: readonly string[];
  readonly words: readonly Word[];
  readonly databases: readonly DatabaseView[];
  /** The decisions of all filesystems, and the same of each. */
  readonly filesystems: readonly DecisionView[];
  readonly filesystemGroups: readonly FilesystemDecisions[];
  readonly calendar: readonly CalendarGroup[];
  readonly aboutAlerts: string;
  readonly alerts: readonly AlertView[];
  readonly runbooks: readonly Runbook[];
  readonly refused: readonly RefusedView[];
  /** The evidence that counted, row by row, and by batch. */
  readonly evidence: readonly EvidenceView[];
  readonly batches: readonly BatchView[];
  readonly sources: readonly SourceView[];
  readonly install: string;
}

/** A property of the host or of a database: "memory", "32 GiB". */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface FilesystemDecisions {
  readonly title: string;
  readonly decisions: readonly DecisionView[];
}

export interface DatabaseView {
  readonly name: string;
  readonly summary: string;
  readonly facts: readonly Fact[];
  readonly notes: string | undefined;
  readonly layout: DecisionView;
  readonly candidates: readonly CandidateView[];
  readonly criteria: CriteriaTable;
  readonly expected: readonly ExpectationView[];
  readonly safety: readonly TroubleView[];
  readonly decisions: readonly DecisionView[];
  /** Undefined for a database that stands alone. */
  readonly cluster: ClusterView | undefined;
  readonly settings: readonly SettingView[];
  readonly backup: BackupView | undefined;
  /** From a snapshot. */
  readonly restore: CommandsView | undefined;
  readonly duties: readonly string[];
}

/** Who the members are, and what was decided about them. */
export interface ClusterView {
  readonly about: string;
  readonly members: readonly string[];
  readonly decisions: readonly DecisionView[];
  /** Id of the runbook with the first start and the way back. */
  readonly runbook: string;
}

/** What runs when, and what it needs from the owner. */
export interface BackupView {
  readonly runs: readonly string[];
  readonly needs: readonly string[];
}

/** Shell commands, a line each, and what they are for. */
export interface CommandsView {
  readonly about: string;
  readonly commands: string;
}

export interface SettingView {
  readonly name: string;
  readonly value: string;
  /** Whether the value only says when it is given: an argument of the command that makes the database. */
  readonly initial: boolean;
  readonly reason: string;
  readonly confidence: Decision["confidence"];
}

export interface SourceView {
  readonly title: string;
  readonly url: string;
}

export interface AlertView {
  readonly name: string;
  readonly severity: string;
  readonly about: string;
  readonly meaning: string;
}

/** What partial templates take that show a list. */
export type Facts = readonly Fact[];
export type Alerts = readonly AlertView[];
export type Sources = readonly SourceView[];
