/**
 * A condition on a series that is not there never holds, and a timer that fails silently leaves no series: so each
 * unit's are asked for.
 */
import type { Plan } from "../plan/types.ts";
import { type Alert, annotation } from "./alert.ts";
import { type Report, reportsOf } from "./expected-metrics.ts";
import { missing, seriesName } from "./promql.ts";

const metricsMissing = (plan: Plan, { file, units, series }: Report): Alert => ({
  name: "DbtrfsMetricsMissing",
  about: file,
  labels: { file },
  expr: missing(plan.host, series),
  summary: annotation`${plan.host}: nothing reports ${{ label: "series" }}`,
  description: annotation`Either ${units} has never succeeded: the journal (journalctl -u) says why; on a new host, start it. Or its metrics are not read: see that node_exporter runs on ${plan.host} with the collectors textfile and uname, that Prometheus scrapes it, and that the host is still called ${plan.host}.`,
  fires: [],
  quiet: series.map(({ name, labels }) => ({ metric: name, labels, value: 0 })),
  firing: series.map((one) => ({ series: seriesName(one) })),
});

export const missingAlerts = (plan: Plan): Alert[] =>
  reportsOf(plan).map((report) => metricsMissing(plan, report));
