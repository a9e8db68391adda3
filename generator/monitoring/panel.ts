import type { Expr } from "./promql.ts";

export interface Query {
  readonly expr: Expr;
  /** With the series' labels in double braces, as Grafana replaces them. */
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  readonly description: string;
  /** Grafana's name of the unit: s, bytes, short, percentunit. */
  readonly unit: "s" | "bytes" | "short" | "percentunit";
  readonly queries: readonly Query[];
  /** Above it a value is drawn red; the strictest of the alerts' where databases differ. */
  readonly limit: number | null;
}

export interface Section {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** As Grafana writes the value of a label into a legend. */
export const byDatabase = "{{database}}";
export const byFilesystem = "{{filesystem}}";
