import { type Alert, type Series, scraped } from "../../monitoring/alert.ts";
import type { AlertName } from "../../monitoring/alert-kinds.ts";
import { alertsOf } from "../../monitoring/alerts-of-plan.ts";
import { hostMetric } from "../../monitoring/metrics.ts";
import { type Labels, selector } from "../../monitoring/promql.ts";
import type { Plan } from "../../plan/types.ts";
import { headerOf } from "../header.ts";
import { printYaml, type YamlValue } from "../yaml.ts";
import { shown } from "./annotations.ts";
import { ruleLabels, runbookAnnotation } from "./rules.ts";

/** Two evaluations make a rule fire that holds at both, whatever its `for` below this. */
const evaluation = 24;

const grows = (series: readonly Series[]): boolean => series.some(({ perHour }) => perHour !== undefined);

/** Hours that a test runs; where a series grows, a week and as long as `for` more. */
const hoursOf = (alert: Alert): number => (grows(alert.fires) ? 9 * evaluation : evaluation);

const inputSeries = (
  host: string,
  { metric, labels, value, perHour = 0 }: Series,
  step: number,
  count: number,
) => ({
  series: selector(metric, scraped(host, labels)),
  values: `${value}+${perHour * step}x${count}`,
});

const hostSeries = (host: string, count: number) => ({
  series: selector(hostMetric, scraped(host, { nodename: host })),
  values: `1x${count}`,
});

const expected = (plan: Plan, alert: Alert, firing: Labels): YamlValue => {
  const labels = { ...firing, ...ruleLabels(plan, alert) };
  return {
    exp_labels: labels,
    exp_annotations: {
      summary: shown(alert.summary, labels),
      description: shown(alert.description, labels),
      ...runbookAnnotation(alert),
    },
  };
};

interface Case {
  readonly name: string;
  readonly alert: AlertName;
  readonly hours: number;
  readonly series: readonly Series[];
  readonly expects: readonly YamlValue[];
}

const testOf = (plan: Plan, { name, alert, hours, series, expects }: Case): YamlValue => {
  const step = grows(series) ? 1 : evaluation;
  const count = hours / step;
  return {
    name,
    interval: `${step}h`,
    input_series: [
      hostSeries(plan.host, count),
      ...series.map((one) => inputSeries(plan.host, one, step, count)),
    ],
    alert_rule_test: [{ eval_time: `${hours}h`, alertname: alert, exp_alerts: expects }],
  };
};

/** Rules of one name are tested together where an absent series makes all of them fire. */
const missingCases = (plan: Plan, alerts: readonly Alert[]): Case[] => {
  const first = alerts[0];
  if (first === undefined) return [];
  const common = { alert: first.name, hours: hoursOf(first) };
  const expects = alerts.flatMap((alert) => alert.firing.map((labels) => expected(plan, alert, labels)));
  const series = alerts.flatMap(({ quiet }) => quiet);
  return [
    { ...common, name: `${first.name}: fires`, series: [], expects },
    { ...common, name: `${first.name}: does not fire`, series, expects: [] },
  ];
};

const casesOf = (plan: Plan, alert: Alert): Case[] => {
  const common = { alert: alert.name, hours: hoursOf(alert) };
  const expects = alert.firing.map((labels) => expected(plan, alert, labels));
  return [
    { ...common, name: `${alert.name}, ${alert.about}: fires`, series: alert.fires, expects },
    { ...common, name: `${alert.name}, ${alert.about}: does not fire`, series: alert.quiet, expects: [] },
  ];
};

/** monitoring/rules.test.yml, for `promtool test rules`: of every rule a case in which it fires and one in which it just does not. */
export const renderRuleTests = (plan: Plan, specName: string): string => {
  const alerts = alertsOf(plan);
  const isMissing = ({ name }: Alert) => name === "DbtrfsMetricsMissing";
  const cases = [
    ...missingCases(plan, alerts.filter(isMissing)),
    ...alerts.filter((alert) => !isMissing(alert)).flatMap((alert) => casesOf(plan, alert)),
  ];
  const tests = cases.map((one) => testOf(plan, one));
  return `# ${headerOf("rules.test.yml", specName)}\n${printYaml({
    rule_files: ["rules.yml"],
    evaluation_interval: `${evaluation}h`,
    tests,
  })}\n`;
};
