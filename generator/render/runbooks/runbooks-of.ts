import type { Plan } from "../../plan/types.ts";
import { benchmarking } from "./benchmarking.ts";
import { monitoring } from "./monitoring.ts";
import { recoveryRunbooks } from "./recovery.ts";
import type { Runbook } from "./runbook.ts";

/** The runbooks of a host, in the order in which the report shows them. */
export const runbooksOf = (plan: Plan): Runbook[] => [
  ...recoveryRunbooks(plan),
  monitoring(plan),
  benchmarking(plan),
];
