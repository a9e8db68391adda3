import { type Profile, profileSchema, type WorkloadClass } from "../../spec/workload.ts";
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

/** A database that writes nothing updates nothing: its planner never asks which share of nothing that is. */
const updateShareOf = ({ measured }: Measured): number | null =>
  measured.updateShare ?? (measured.writeShare === 0 ? 0 : null);

/** The measurements by the same names as in a spec; what is unknown and not required is left out. */
export const plannerProfile = (all: Measured, workload: WorkloadClass | null): PlannerProfile => {
  const values = { ...all.measured, updateShare: updateShareOf(all) };
  const lacking = required.filter((name) => values[name] === null);
  if (lacking.length > 0) {
    const reasons = lacking.map((name) => `${name}: ${all.unknown[name]}`);
    return { profile: null, profileUnknown: reasons.join("; ") };
  }
  const given = [...required, ...optional].flatMap((name) =>
    values[name] === null ? [] : [[name, values[name]]],
  );
  const candidate = { ...(workload === null ? {} : { class: workload }), ...Object.fromEntries(given) };
  return { profile: profileSchema.parse(withoutZeroSize(candidate)), profileUnknown: null };
};

/** A working set of nothing is an idle window's, and the spec knows none. */
const withoutZeroSize = ({ workingSetGiB, ...rest }: { workingSetGiB?: number }): object =>
  workingSetGiB === undefined || workingSetGiB <= 0 ? rest : { workingSetGiB, ...rest };
