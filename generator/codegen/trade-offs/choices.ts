import { type Owner, type PlannedChoice, plannedChoice } from "../../bench/planned-layout.ts";
import { allEngines } from "../../engines/index.ts";
import type { Evidence } from "../../evidence/schema.ts";
import { type Engine, preferences } from "../../spec/schema.ts";
import { workloadClasses } from "../../spec/workload.ts";

/** An owner's wishes with what the planner makes of them. */
export interface Choice extends PlannedChoice {
  readonly owner: Owner;
}

const dataSizes = ["smaller-than-memory", "larger-than-memory"] as const;

/** Everything that an owner can ask for of an engine, and does not say of snapshots. */
const ownersOf = (engine: Engine, mirrored: boolean): Owner[] =>
  workloadClasses.flatMap((workload) =>
    preferences.flatMap((prefer) =>
      dataSizes.map((data) => ({ engine, workload, prefer, data, snapshots: null, mirrored })),
    ),
  );

/** The planner's choices by this evidence: every engine, class of workload, preference and size of the data. */
export const choicesBy = (evidence: Evidence, mirrored: boolean): Choice[] =>
  allEngines.flatMap((engine) =>
    ownersOf(engine, mirrored).map((owner) => ({ owner, ...plannedChoice(owner, evidence) })),
  );
