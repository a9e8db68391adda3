import { describeLayout } from "../../layout/describe-layout.ts";
import type { LayoutChoice } from "../../layout/layout-choice.ts";
import type { Candidate, Decision } from "../../plan/types.ts";
import { type Bar, barsAroundZero } from "./bars.ts";
import { signed } from "./numbers.ts";

export interface CandidateView {
  readonly layout: string;
  readonly score: string;
  readonly flippedBit: string;
  readonly verdict: string;
  readonly chosen: boolean;
  /** Undefined where it was not scored. */
  readonly bar: ScoreBar | undefined;
}

/** A score as a bar to the left or right of nought. */
export interface ScoreBar extends Bar {
  readonly zero: number;
}

/** What each criterion contributed to the scores: a row a candidate, a cell a criterion. */
export interface CriteriaTable {
  readonly criteria: readonly string[];
  readonly rows: readonly {
    readonly layout: string;
    readonly chosen: boolean;
    readonly cells: readonly string[];
  }[];
}

export interface RefusedView {
  readonly what: string;
  readonly why: string;
}

const layoutOf = (candidate: Candidate) => candidate.value as LayoutChoice;

/** Candidates that differ only in node size or in how the log is synced are one line: the best of them stands for all. */
const kind = (candidate: Candidate): string => {
  const { data, log, compression } = layoutOf(candidate);
  return `${data}/${log}/${compression}`;
};

const bestOfKind = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter((candidate, i) => {
    const first = candidates.findIndex((other) => kind(other) === kind(candidate));
    return (
      candidate.chosen ||
      (first === i && !candidates.some((other) => other.chosen && kind(other) === kind(candidate)))
    );
  });

const flippedBit = ({ flippedBit: found }: Candidate): string =>
  found === null ? "not known" : `${found.text} (${found.confidence})`;

export const candidateViews = (decision: Decision): CandidateView[] => {
  const shown = bestOfKind(decision.candidates);
  const { zero, bars } = barsAroundZero(shown.map(({ score }) => score ?? 0));
  return shown.map((candidate, i) => {
    const bar = bars[i];
    return {
      layout: describeLayout(layoutOf(candidate)),
      score: candidate.score === null ? "" : signed(candidate.score),
      flippedBit: candidate.dropped ? "" : flippedBit(candidate),
      verdict: candidate.chosen ? "chosen" : (candidate.dropped?.reason ?? ""),
      chosen: candidate.chosen,
      bar: candidate.score === null || !bar ? undefined : { ...bar, zero },
    };
  });
};

/** The plan's names for criteria, as words: "bytesWritten" is "bytes written". */
const spelled = (id: string): string => id.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Criteria that tell no two candidates from plain Btrfs are left out. */
export const criteriaTable = (decision: Decision): CriteriaTable => {
  const scored = bestOfKind(decision.candidates).filter(({ score }) => score !== null);
  const ids = [...new Set(scored.flatMap(({ criteria }) => Object.keys(criteria)))].filter((id) =>
    scored.some(({ criteria }) => (criteria[id] ?? 0) !== 0),
  );
  return {
    criteria: ids.map(spelled),
    rows: scored.map((candidate) => ({
      layout: describeLayout(layoutOf(candidate)),
      chosen: candidate.chosen,
      cells: ids.map((id) => signed(candidate.criteria[id] ?? 0)),
    })),
  };
};

/** Everything that a constraint dropped, other than layouts, which their own table shows. */
export const refusedViews = (decisions: readonly Decision[]): RefusedView[] => {
  const found = decisions
    .filter((decision) => !decision.id.endsWith(".layout"))
    .flatMap((decision) =>
      decision.candidates.flatMap(({ value, dropped }) =>
        dropped ? [{ what: `${decision.title}: ${String(value)}`, why: dropped.reason }] : [],
      ),
    );
  return found.filter((one, i) => found.findIndex((other) => other.what === one.what) === i);
};
