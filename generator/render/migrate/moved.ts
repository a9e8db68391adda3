import type { Plan, PlannedDatabase } from "../../plan/types.ts";

/** Databases that come to lie as planned by copies of their files. A member of a cluster is made anew from another. */
export const movedByCopies = (plan: Plan): readonly PlannedDatabase[] =>
  plan.databases.filter(({ cluster }) => cluster === null);
