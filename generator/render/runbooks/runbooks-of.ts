import type { Plan } from "../../plan/types.ts";
import { remembered } from "../../remembered.ts";
import { movedByCopies } from "../migrate/moved.ts";
import { benchmarking } from "./benchmarking.ts";
import { clusterRunbooks } from "./cluster/cluster.ts";
import { migrationRunbook } from "./migration/migration.ts";
import { monitoring } from "./monitoring.ts";
import { recoveryRunbooks } from "./recovery/recovery.ts";
import { backupHostRunbooks } from "./restore/backup-host.ts";
import type { Runbook } from "./runbook.ts";

const runbooks = (plan: Plan): readonly Runbook[] => [
  ...movedByCopies(plan).map((database) => migrationRunbook(plan, database)),
  ...plan.databases.flatMap(clusterRunbooks),
  ...recoveryRunbooks(plan),
  ...backupHostRunbooks(plan),
  monitoring(plan),
  benchmarking(plan),
];

/** The runbooks of a host, in the order in which the report shows them. */
export const runbooksOf = (plan: Plan): readonly Runbook[] =>
  remembered(plan, "runbooks", () => runbooks(plan));
