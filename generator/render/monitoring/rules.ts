import type { Alert } from "../../monitoring/alert.ts";
import { alertKinds } from "../../monitoring/alert-kinds.ts";
import { alertRunbooks } from "../../monitoring/alert-runbooks.ts";
import { alertsOf } from "../../monitoring/alerts-of-plan.ts";
import type { Labels } from "../../monitoring/promql.ts";
import type { Plan } from "../../plan/types.ts";
import { headerOf } from "../header.ts";
import { printYaml, type YamlValue } from "../yaml.ts";
import { template } from "./annotations.ts";

/** The labels that a rule adds to those of the series. */
export const ruleLabels = (plan: Plan, alert: Alert): Labels => ({
  severity: alertKinds[alert.name].severity,
  host: plan.host,
  ...alert.labels,
});

/** Its runbook beside the rules, by the path from the plan's folder. */
export const runbookAnnotation = (alert: Alert): Readonly<Record<string, string>> => {
  const runbook = alertRunbooks[alert.name];
  return runbook === null ? {} : { runbook: `runbooks/${runbook}.md` };
};

const rule = (plan: Plan, alert: Alert): YamlValue => ({
  alert: alert.name,
  expr: alert.expr.promql,
  for: alertKinds[alert.name].for,
  labels: ruleLabels(plan, alert),
  annotations: {
    summary: template(alert.summary),
    description: template(alert.description),
    ...runbookAnnotation(alert),
  },
});

/** monitoring/rules.yml: what Prometheus tells about this host. */
export const renderRules = (plan: Plan, specName: string): string => {
  const rules = alertsOf(plan).map((alert) => rule(plan, alert));
  return `# ${headerOf("rules.yml", specName)}\n${printYaml({ groups: [{ name: `dbtrfs-${plan.host}`, rules }] })}\n`;
};
