import type { WorkloadClass } from "../../spec/workload.ts";
import type { Measurement } from "../measure/measurements.ts";

/** One condition of a class. */
export interface Condition {
  readonly measurement: Measurement;
  readonly at: "least" | "most";
  readonly threshold: number;
}

const least = (measurement: Measurement, threshold: number): Condition => ({
  measurement,
  at: "least",
  threshold,
});
const most = (measurement: Measurement, threshold: number): Condition => ({
  measurement,
  at: "most",
  threshold,
});

/**
 * What makes a workload of a class: all of its conditions. The thresholds are judgement, between the typical profiles
 * of spec/workload-profile.ts; where none is met, or only in part, the workload is mixed.
 */
export const classRules: Readonly<Record<Exclude<WorkloadClass, "mixed">, readonly Condition[]>> = {
  oltp: [
    least("writeShare", 0.2),
    least("updateShare", 0.3),
    most("deleteShare", 0.25),
    most("scanShare", 0.2),
  ],
  append: [least("writeShare", 0.5), least("insertShare", 0.85)],
  analytics: [most("writeShare", 0.2), least("scanShare", 0.6)],
  "read-mostly": [most("writeShare", 0.1), most("scanShare", 0.4)],
  queue: [least("writeShare", 0.5), least("deleteShare", 0.25), least("insertShare", 0.2)],
};
