import type { Candidate, Decision, Plan, PlannedBackup } from "../../plan/types.ts";
import { signed } from "./numbers.ts";
import type { SourceView } from "./view.ts";

export interface DecisionView {
  readonly title: string;
  readonly value: string;
  readonly reason: string;
  readonly confidence: Decision["confidence"];
  readonly overridden: string | undefined;
  /** Empty where nothing else stood for election. */
  readonly choices: readonly ChoiceView[];
  /** Whether any of them was scored. */
  readonly scored: boolean;
  /** Evidence rows, by id. */
  readonly evidence: readonly string[];
  readonly sources: readonly SourceView[];
}

export type Decisions = readonly DecisionView[];

/** One candidate of a decision other than a layout. */
export interface ChoiceView {
  readonly value: string;
  /** Empty where it was not scored. */
  readonly score: string;
  readonly chosen: boolean;
  readonly verdict: string;
}

const isBackup = (value: object): value is PlannedBackup => "target" in value && "title" in value;

const valueText = (value: unknown): string => {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.join(", ");
  if (isBackup(value)) return `${value.title}, to ${value.target}`;
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${String(inner)}`)
    .join(", ");
};

const choiceView = ({ value, score, chosen, dropped }: Candidate): ChoiceView => ({
  value: valueText(value),
  score: score === null ? "" : signed(score),
  chosen,
  verdict: chosen ? "chosen" : (dropped?.reason ?? ""),
});

export const decisionView = (decision: Decision): DecisionView => ({
  title: decision.title,
  value: valueText(decision.value),
  reason: decision.reason,
  confidence: decision.confidence,
  overridden: decision.overridden ? "set in the spec" : undefined,
  choices: decision.candidates.length > 1 ? decision.candidates.map(choiceView) : [],
  scored: decision.candidates.some(({ score }) => score !== null),
  evidence: decision.evidence,
  sources: decision.sources,
});

export const decisionById = (plan: Plan, id: string): Decision => {
  const found = plan.decisions.find((decision) => decision.id === id);
  if (!found) throw new Error(`the plan has no decision ${id}`);
  return found;
};
