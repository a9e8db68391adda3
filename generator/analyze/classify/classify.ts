import { type WorkloadClass, workloadClasses } from "../../spec/workload.ts";
import type { Measured } from "../measure/measured.ts";
import { type Condition, classRules } from "./class-rules.ts";

/** A condition and what was measured for it. */
export interface Judged extends Condition {
  /** Null where it is unknown, and then it is not met. */
  readonly value: number | null;
  readonly met: boolean;
}

export interface ClassStanding {
  readonly class: Exclude<WorkloadClass, "mixed">;
  readonly conditions: readonly Judged[];
  readonly met: boolean;
  /** How far the worst condition is from its threshold, in the measurement's own unit; 0 where all are met, null where one is unknown. */
  readonly missedBy: number | null;
}

export interface Classification {
  /** Null where a measurement that decides is unknown. */
  readonly class: WorkloadClass | null;
  /** Why there is none, or why it is mixed; null else. */
  readonly remark: string | null;
  /** The class, the next one, and so on. */
  readonly standings: readonly ClassStanding[];
}

const judge =
  ({ measured }: Measured) =>
  (condition: Condition): Judged => {
    const value = measured[condition.measurement] ?? emptyShare(condition, measured.writeShare);
    const { at, threshold } = condition;
    return {
      ...condition,
      value,
      met: value !== null && (at === "least" ? value >= threshold : value <= threshold),
    };
  };

/** Where nothing is written, its shares are none. */
const emptyShare = ({ measurement }: Condition, writeShare: number | null): number | null =>
  writeShare === 0 && /^(insert|update|delete)Share$/.test(measurement) ? 0 : null;

const missedBy = (conditions: readonly Judged[]): number | null => {
  const misses = conditions.map(({ value, met, threshold }) =>
    value === null ? null : met ? 0 : Math.abs(value - threshold),
  );
  return misses.includes(null) ? null : Math.max(...misses.map((miss) => miss ?? 0));
};

const standingOf = (name: ClassStanding["class"], all: Measured): ClassStanding => {
  const conditions = classRules[name].map(judge(all));
  return { class: name, conditions, met: conditions.every(({ met }) => met), missedBy: missedBy(conditions) };
};

const far = Number.POSITIVE_INFINITY;
const byDistance = (a: ClassStanding, b: ClassStanding): number =>
  (a.missedBy ?? far) - (b.missedBy ?? far) || 0;

/** Puts measurements into a named class by the rules of class-rules.ts. */
export const classify = (all: Measured): Classification => {
  const names = workloadClasses.filter((name) => name !== "mixed");
  const standings = names.map((name) => standingOf(name, all)).sort(byDistance);
  const met = standings.filter((standing) => standing.met).map((standing) => standing.class);
  const undecided = standings.filter(({ missedBy: missed }) => missed === null);
  const [only, ...others] = met;
  if (only !== undefined && others.length === 0) return { class: only, remark: null, standings };
  if (met.length > 1) return { class: "mixed", remark: `as much ${met.join(" as ")}`, standings };
  if (undecided.length > 0) {
    const unknowns = new Set(
      undecided
        .flatMap(({ conditions }) => conditions.filter(({ value }) => value === null))
        .map((c) => c.measurement),
    );
    return { class: null, remark: `unknown: ${[...unknowns].join(", ")}`, standings };
  }
  return { class: "mixed", remark: "no class has all of its conditions met", standings };
};
