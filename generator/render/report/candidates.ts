import { describeLayout } from "../../layout/describe-layout.ts";
import type { LayoutChoice } from "../../layout/layout-choice.ts";
import type { Candidate, Decision } from "../../plan/types.ts";
import type { CandidateView, RefusedView } from "./view.ts";

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

const signed = (score: number) => (score > 0 ? `+${score.toFixed(2)}` : score.toFixed(2));

export const candidateViews = (decision: Decision): CandidateView[] =>
  bestOfKind(decision.candidates).map((candidate) => ({
    layout: describeLayout(layoutOf(candidate)),
    score: candidate.score === null ? "" : signed(candidate.score),
    flippedBit: candidate.dropped ? "" : flippedBit(candidate),
    verdict: candidate.chosen ? "chosen" : (candidate.dropped?.reason ?? ""),
  }));

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
