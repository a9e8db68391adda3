/**
 * A condition on a series that is not there never holds, and a timer that fails silently leaves no series: so each
 * unit's are asked for.
 */
import type { Plan } from "../plan/types.ts";
import { type Alert, annotation } from "./alert.ts";
import { type ReportingUnit, reportingUnits } from "./expected-metrics.ts";
import { missing, seriesName } from "./promql.ts";

const metricsMissing = (plan: Plan, { unit, series }: ReportingUnit): Alert => ({
  name: "DbtrfsMetricsMissing",
  about: unit,
  expr: missing(plan.host, series),
  labels: { unit },
  summary: annotation`${plan.host}: nothing reports ${{ label: "series" }}`,
  description: annotation`Either ${unit} has never succeeded: systemctl status ${unit}, and systemctl start ${unit} on a new host. Or its metrics are not read: node_exporter runs on ${plan.host} with the collectors textfile and uname, Prometheus scrapes it, and the host is still called ${plan.host}.`,
  fires: [],
  quiet: series.map(({ name, labels }) => ({ metric: name, labels, value: 0 })),
  firing: series.map((one) => ({ series: seriesName(one) })),
});

export const missingAlerts = (plan: Plan): Alert[] =>
  reportingUnits(plan).map((unit) => metricsMissing(plan, unit));
