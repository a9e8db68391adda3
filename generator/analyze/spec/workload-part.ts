import type { Path } from "../../spec/pointer.ts";
import type { SpecInput } from "../../spec/schema.ts";
import type { Analysis } from "../analysis.ts";
import { assume, type Part, seen } from "./part.ts";

export type Workload = SpecInput["databases"][number]["workload"];

/** The measured profile; without one the class by its name, and without that what the planner takes. */
export const workloadPart = (analysis: Analysis, path: Path): Part<Workload | undefined> => {
  const { class: name, profile, profileUnknown, classification } = analysis;
  const at = [...path, "workload"];
  if (profile !== null) return seen(profile);
  if (name !== null)
    return assume(at, name, `typical shares of its class; its own are unknown (${profileUnknown})`);
  return assume(at, undefined, `mixed, as the planner takes it: ${classification.remark ?? profileUnknown}`);
};
