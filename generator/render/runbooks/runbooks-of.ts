import type { Plan } from "../../plan/types.ts";
import { migrationRunbook } from "./migration.ts";
import { restoreRunbooks } from "./restore.ts";
import type { Runbook } from "./runbook.ts";

/** The runbooks of a host, in the order in which the report shows them. */
export const runbooksOf = (plan: Plan): Runbook[] => [
  ...plan.databases.map((database) => migrationRunbook(plan, database)),
  ...plan.databases.flatMap(restoreRunbooks),
];
