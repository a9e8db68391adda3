import type { Plan } from "../plan/types.ts";
import { remembered } from "../remembered.ts";
import type { Alert } from "./alert.ts";
import { cloneAlerts } from "./clone-alerts.ts";
import { copyAlerts } from "./copy-alerts.ts";
import { healthAlerts } from "./health-alerts.ts";
import { missingAlerts } from "./missing-alerts.ts";
import { drift, fragmentation, verifyTooOld } from "./plan-alerts.ts";
import { spaceAlerts } from "./space-alerts.ts";

const alerts = (plan: Plan): readonly Alert[] => [
  ...missingAlerts(plan),
  verifyTooOld(plan),
  drift(plan),
  ...plan.filesystems.flatMap((filesystem) => [
    ...healthAlerts(plan, filesystem),
    ...spaceAlerts(plan, filesystem),
  ]),
  ...plan.databases.flatMap((database) => [
    ...copyAlerts(plan, database),
    ...cloneAlerts(plan, database),
    fragmentation(plan, database),
  ]),
];

/** The alerting rules of a host: those that its plan calls for. */
export const alertsOf = (plan: Plan): readonly Alert[] => remembered(plan, "alerts", () => alerts(plan));
