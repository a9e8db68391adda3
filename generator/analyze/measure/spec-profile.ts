import { type Profile, profileSchema, type WorkloadClass } from "../../spec/workload.ts";
import { decidable } from "./empty-shares.ts";
import type { Measured } from "./measured.ts";
import type { Measurement } from "./measurements.ts";

/** The profile that `plan` decides by, or why the measurements do not make one. */
export type PlannerProfile =
  | { readonly profile: Profile; readonly profileUnknown: null }
  | { readonly profile: null; readonly profileUnknown: string };

const required = ["writeShare", "updateShare", "scanShare"] as const satisfies readonly Measurement[];
const optional = [
  "commitsPerSecond",
  "logMiBPerSecond",
  "workingSetGiB",
  "compressedShare",
] as const satisfies readonly Measurement[];

/** A working set of nothing is an idle window's, and the spec knows none. */
const sayable = (name: (typeof optional)[number], value: number | null): boolean =>
  value !== null && (name !== "workingSetGiB" || value > 0);

/** The measurements by the same names as in a spec; what is unknown and not required is left out. */
export const plannerProfile = (all: Measured, workload: WorkloadClass | null): PlannerProfile => {
  const lacking = required.filter((name) => decidable(all, name) === null);
  if (lacking.length > 0) {
    const reasons = lacking.map((name) => `${name}: ${all.unknown[name]}`);
    return { profile: null, profileUnknown: reasons.join("; ") };
  }
  const given = optional.filter((name) => sayable(name, all.measured[name]));
  const candidate = {
    ...(workload === null ? {} : { class: workload }),
    ...Object.fromEntries(required.map((name) => [name, decidable(all, name)])),
    ...Object.fromEntries(given.map((name) => [name, all.measured[name]])),
  };
  return { profile: profileSchema.parse(candidate), profileUnknown: null };
};
