import { readFileSync } from "node:fs";
import { join } from "node:path";
import { alertKinds, alertNames } from "../../generator/monitoring/alert-kinds.ts";
import { type Metric, metricNames, metrics } from "../../generator/monitoring/metrics.ts";
import type { MonitoringTables } from "../../generator/render/docs/views.ts";
import { renderDocsMonitoringTablesMd } from "../../generator/render/templates.generated.ts";
import type { Page } from "./option-pages.ts";

const path = "docs/monitoring.md";
const begin = "<!-- begin tables: npm run update-docs -->\n";
const end = "<!-- end tables -->";

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
export const monitoringPage = (): Page => {
  const [before, rest] = readFileSync(join(import.meta.dirname, "..", "..", path), "utf8").split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${path}: no place for the tables`);
  return { path, text: `${before}${begin}\n${renderDocsMonitoringTablesMd(tables())}\n${end}${after}` };
};
