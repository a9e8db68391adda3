import { alertKinds, alertNames } from "../../generator/monitoring/alert-kinds.ts";
import { type Metric, metricNames, metrics } from "../../generator/monitoring/metrics.ts";
import type { MonitoringTables } from "../../generator/render/docs/views.ts";
import { renderDocsMonitoringTablesMd } from "../../generator/render/templates.generated.ts";
import { pageWithTables } from "./marked-page.ts";
import type { Page } from "./option-pages.ts";

const subjectLabels = { host: [], filesystem: ["filesystem"], database: ["database"] } as const;

const fileOf = ({ writer }: Metric): string => (writer === "verify" ? "verify.prom" : `${writer}-NAME.prom`);

const tables = (): MonitoringTables => ({
  alerts: alertNames.map((name) => ({ name, ...alertKinds[name] })),
  metrics: metricNames.map((name) => {
    const metric: Metric = metrics[name];
    return {
      name,
      labels: [...subjectLabels[metric.subject], ...metric.labels].join(", "),
      type: metric.type,
      file: fileOf(metric),
      help: metric.help,
    };
  }),
});

/** docs/monitoring.md with the tables of the catalogue. */
export const monitoringPage = (): Page =>
  pageWithTables("docs/monitoring.md", renderDocsMonitoringTablesMd(tables()));
