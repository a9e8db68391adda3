import type { Alert } from "../../monitoring/alert.ts";
import { alertKinds, alertNames } from "../../monitoring/alert-kinds.ts";
import { alertsOf } from "../../monitoring/alerts-of-plan.ts";
import type { Plan } from "../../plan/types.ts";
import type { AlertView } from "./view.ts";

const subject = ({ about, limit }: Alert): string => (limit === undefined ? about : `${about} (${limit})`);

/** The kinds of alert that this host has, each with what it watches here. */
export const alertViews = (plan: Plan): AlertView[] => {
  const alerts = alertsOf(plan);
  return alertNames
    .map((name) => ({ name, about: alerts.filter((alert) => alert.name === name).map(subject) }))
    .filter(({ about }) => about.length > 0)
    .map(({ name, about }) => ({
      name,
      about: about.join(", "),
      severity: alertKinds[name].severity,
      meaning: alertKinds[name].meaning,
    }));
};
