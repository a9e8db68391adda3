import type { Plan } from "../../plan/types.ts";
import { clusterRunbooks } from "./cluster.ts";
import { restoreRunbooks } from "./restore.ts";
import { backupHostRunbooks } from "./restore-backup-host.ts";
import type { Runbook } from "./runbook.ts";

/** The runbooks of a host, in the order in which the report shows them. */
export const runbooksOf = (plan: Plan): Runbook[] => [
  ...plan.databases.flatMap(clusterRunbooks),
  ...plan.databases.flatMap(restoreRunbooks),
  ...backupHostRunbooks(plan),
];
