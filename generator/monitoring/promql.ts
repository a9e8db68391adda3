/** PromQL whose metrics are those of the catalogue, and whose strings are quoted. */
import { hostMetric, type MetricName } from "./metrics.ts";

export type Labels = Readonly<Record<string, string>>;

/** An expression of PromQL; made by the functions below only. */
export interface Expr {
  readonly promql: string;
}

/** A string literal: PromQL reads the escapes of Go, which has those that are needed here from JSON. */
export const quoted = (text: string): string => JSON.stringify(text);

export const selector = (name: string, labels: Labels): string => {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${quoted(value)}`);
  return matchers.length > 0 ? `${name}{${matchers.join(", ")}}` : name;
};

export const metric = (name: MetricName, labels: Labels = {}, range = ""): Expr => ({
  promql: `${selector(name, labels)}${range}`,
});

/** `promql\`time() - ${metric("…")} > ${60}\`` */
export const promql = (texts: TemplateStringsArray, ...values: readonly (Expr | number)[]): Expr => ({
  promql: String.raw(
    { raw: texts },
    ...values.map((value) => (typeof value === "number" ? value : value.promql)),
  ),
});

/** Another host of the same Prometheus may have a database of the same name. */
export const ofHost = (host: string, expression: Expr): Expr => ({
  promql: `${expression.promql} and on (instance) ${selector(hostMetric, { nodename: host })}`,
});

export interface SeriesName {
  readonly name: MetricName;
  readonly labels: Labels;
}

export const seriesName = ({ name, labels }: SeriesName): string => selector(name, labels);

/** One series with a label `series` for each of these that nothing of the host reports. */
export const missing = (host: string, expected: readonly SeriesName[]): Expr => ({
  promql: expected
    .map((series) => {
      const { promql: own } = ofHost(host, metric(series.name, series.labels));
      return `label_replace(absent(${own}), "series", ${quoted(seriesName(series))}, "", "")`;
    })
    .join("\nor "),
});
