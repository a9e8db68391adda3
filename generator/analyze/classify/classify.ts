import { type WorkloadClass, workloadClasses } from "../../spec/workload.ts";
import { decidable } from "../measure/empty-shares.ts";
import type { Measured } from "../measure/measured.ts";
import { measurements } from "../measure/measurements.ts";
import { type Condition, classRules, type NamedClass } from "./class-rules.ts";

export type Verdict = "met" | "missed" | "unknown";

/** A condition and what was measured for it. */
export interface Judged extends Pick<Condition, "measurement" | "at" | "threshold"> {
  /** Null where it is unknown. */
  readonly value: number | null;
  readonly verdict: Verdict;
}

export interface ClassStanding {
  readonly class: NamedClass;
  readonly conditions: readonly Judged[];
  /** Missed as soon as one condition is, whatever is unknown besides. */
  readonly verdict: Verdict;
  /**
   * How far the condition that is missed most is from its threshold, 0 to 1: the difference of shares, and of other
   * numbers the smaller against the larger. 0 where the class is met, null where that is unknown.
   */
  readonly missedBy: number | null;
}

export interface Classification {
  /** Null where a measurement that decides is unknown. */
  readonly class: WorkloadClass | null;
  /** Why there is none, or why it is mixed; null else. */
  readonly remark: string | null;
  /** The class that is met, those that may be, then the nearest first. */
  readonly standings: readonly ClassStanding[];
}

const verdictOf = ({ at, threshold }: Condition, value: number | null): Verdict => {
  if (value === null) return "unknown";
  return (at === "least" ? value >= threshold : value < threshold) ? "met" : "missed";
};

const judge =
  (all: Measured) =>
  (condition: Condition): Judged => {
    const { measurement, at, threshold } = condition;
    const value = decidable(all, measurement);
    return { measurement, at, threshold, value, verdict: verdictOf(condition, value) };
  };

const distance = ({ measurement, value, threshold, verdict }: Judged): number => {
  if (value === null || verdict !== "missed") return 0;
  if (measurements[measurement].unit === "share") return Math.abs(value - threshold);
  return 1 - Math.min(value, threshold) / Math.max(value, threshold);
};

const worst = (conditions: readonly Judged[]): Verdict =>
  (["missed", "unknown"] as const).find((verdict) => conditions.some((each) => each.verdict === verdict)) ??
  "met";

const standingOf = (name: NamedClass, all: Measured): ClassStanding => {
  const conditions = classRules[name].map(judge(all));
  const verdict = worst(conditions);
  const missedBy = verdict === "unknown" ? null : Math.max(...conditions.map(distance));
  return { class: name, conditions, verdict, missedBy };
};

const order: readonly Verdict[] = ["met", "unknown", "missed"];
const byDistance = (a: ClassStanding, b: ClassStanding): number =>
  order.indexOf(a.verdict) - order.indexOf(b.verdict) || (a.missedBy ?? 0) - (b.missedBy ?? 0);

const unknownsOf = (standings: readonly ClassStanding[]): readonly string[] => [
  ...new Set(
    standings
      .filter(({ verdict }) => verdict === "unknown")
      .flatMap(({ conditions }) => conditions.filter(({ verdict }) => verdict === "unknown"))
      .map(({ measurement }) => measurement),
  ),
];

/** Puts measurements into a named class by the rules of class-rules.ts. */
export const classify = (all: Measured): Classification => {
  const names = workloadClasses.filter((name) => name !== "mixed");
  const standings = names.map((name) => standingOf(name, all)).sort(byDistance);
  const [first] = standings;
  if (first?.verdict === "met") return { class: first.class, remark: null, standings };
  const unknowns = unknownsOf(standings);
  return unknowns.length > 0
    ? { class: null, remark: `unknown: ${unknowns.join(", ")}`, standings }
    : { class: "mixed", remark: "no class has all of its conditions met", standings };
};
