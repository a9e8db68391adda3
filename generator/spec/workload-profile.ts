import type { Database } from "./schema.ts";
import { type Profile, type WorkloadClass, workloadClasses } from "./workload.ts";

/**
 * What each named class stands for: typical shares, inferred, not measured. A measured profile takes the same
 * way through the planner, so that a name and a measurement with the same numbers give the same plan.
 */
export const classProfiles: Readonly<Record<WorkloadClass, Profile>> = {
  oltp: { writeShare: 0.5, updateShare: 0.7, scanShare: 0.05 },
  append: { writeShare: 0.9, updateShare: 0.05, scanShare: 0.3 },
  analytics: { writeShare: 0.05, updateShare: 0.1, scanShare: 0.9 },
  "read-mostly": { writeShare: 0.05, updateShare: 0.5, scanShare: 0.1 },
  queue: { writeShare: 0.9, updateShare: 0.9, scanShare: 0.05 },
  mixed: { writeShare: 0.3, updateShare: 0.5, scanShare: 0.3 },
};

const axes = ["writeShare", "updateShare", "scanShare"] as const;

const distance = (a: Profile, b: Profile): number => Math.hypot(...axes.map((axis) => a[axis] - b[axis]));

/** The class whose typical profile lies nearest. */
const nearestClass = (profile: Profile): WorkloadClass =>
  workloadClasses.reduce((best, candidate) =>
    distance(profile, classProfiles[candidate]) < distance(profile, classProfiles[best]) ? candidate : best,
  );

export const profileOf = (workload: Database["workload"]): Profile => {
  if (typeof workload === "string") return classProfiles[workload];
  if ("profile" in workload) throw new Error(`profile file ${workload.profile} was not read before planning`);
  return workload;
};

/** A measured profile's own class first: it rests on more than the three shares. */
export const classOf = (workload: Database["workload"]): WorkloadClass => {
  if (typeof workload === "string") return workload;
  const profile = profileOf(workload);
  return profile.class ?? nearestClass(profile);
};
