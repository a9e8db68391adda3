/**
 * https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 * checks/monitoring/grafana-schema.ts holds this to Grafana's own types.
 */
import type { Panel, Query, Section } from "../../monitoring/panel.ts";
import { sectionsOf } from "../../monitoring/panels.ts";
import { ofHost } from "../../monitoring/promql.ts";
import type { Plan } from "../../plan/types.ts";
import { headerOf } from "../header.ts";

const columns = 24;
const height = 8;

interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const datasource = { type: "prometheus", uid: "${datasource}" };

const target = (host: string, { expr, legend }: Query, index: number) => ({
  refId: String.fromCharCode("A".charCodeAt(0) + index),
  datasource,
  expr: ofHost(host, expr).promql,
  legendFormat: legend,
});

const thresholds = (limit: number | null) => ({
  mode: "absolute" as const,
  steps: [{ color: "green", value: null }, ...(limit === null ? [] : [{ color: "red", value: limit }])],
});

const panelJson = (host: string, panel: Panel, id: number, gridPos: GridPos) => ({
  id,
  type: "timeseries",
  title: panel.title,
  description: panel.description,
  datasource,
  gridPos,
  fieldConfig: {
    defaults: {
      unit: panel.unit,
      min: 0,
      custom: { thresholdsStyle: { mode: panel.limit === null ? "off" : "line" } },
      thresholds: thresholds(panel.limit),
    },
    overrides: [],
  },
  options: {
    legend: { displayMode: "list", placement: "bottom", showLegend: true },
    tooltip: { mode: "multi" },
  },
  targets: panel.queries.map((query, index) => target(host, query, index)),
});

const rowJson = (title: string, id: number, y: number) => ({
  id,
  type: "row" as const,
  title,
  collapsed: false,
  gridPos: { x: 0, y, w: columns, h: 1 },
  panels: [],
});

/** A section's row and, below it, its panels side by side; `first` is the row's id. */
const sectionJson = (host: string, { title, panels }: Section, first: number, y: number) => {
  const w = columns / panels.length;
  return [
    rowJson(title, first, y),
    ...panels.map((panel, i) => panelJson(host, panel, first + 1 + i, { x: i * w, y: y + 1, w, h: height })),
  ];
};

const panelsJson = (plan: Plan) => {
  const sections = sectionsOf(plan);
  return sections.flatMap((section, i) => {
    const before = sections.slice(0, i).reduce((sum, { panels }) => sum + 1 + panels.length, 0);
    return sectionJson(plan.host, section, before + 1, i * (height + 1));
  });
};

/** A uid has at most 40 characters. */
const uid = (host: string): string => `dbtrfs-${host}`.slice(0, 40);

export const dashboardOf = (plan: Plan, specName: string) => ({
  description: headerOf("dashboard.json", specName),
  uid: uid(plan.host),
  title: `dbtrfs: ${plan.host}`,
  tags: ["dbtrfs", "btrfs", "databases"],
  schemaVersion: 39,
  editable: false,
  refresh: "1m",
  time: { from: "now-7d", to: "now" },
  templating: {
    list: [{ name: "datasource", label: "Prometheus", type: "datasource", query: "prometheus" } as const],
  },
  panels: panelsJson(plan),
});

/** monitoring/dashboard.json, for Grafana. */
export const renderDashboard = (plan: Plan, specName: string): string =>
  `${JSON.stringify(dashboardOf(plan, specName), null, 2)}\n`;
