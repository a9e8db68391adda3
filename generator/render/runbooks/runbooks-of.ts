import type { Plan } from "../../plan/types.ts";
import { restoreRunbooks } from "./restore.ts";
import type { Runbook } from "./runbook.ts";

/** The runbooks of a host, in the order in which the report shows them. */
export const runbooksOf = (plan: Plan): Runbook[] => plan.databases.flatMap(restoreRunbooks);
