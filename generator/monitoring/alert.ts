import type { AlertName } from "./alert-kinds.ts";
import type { MetricName } from "./metrics.ts";
import type { Expr, Labels } from "./promql.ts";

/** Words of an annotation, or the value of a label of the series that fires. */
export type Part = string | { readonly label: string };
export type Annotation = readonly Part[];

/** A series as a test feeds it: its value at the start, and what each hour adds. */
export interface Series {
  readonly metric: MetricName;
  readonly labels: Labels;
  readonly value: number;
  readonly perHour?: number;
}

/** One alerting rule of a host, and what shows that it works. */
export interface Alert {
  readonly name: AlertName;
  /** What it is about: the database, the filesystem or the unit. */
  readonly about: string;
  /** From when on it fires, where that is a number of this host. */
  readonly limit?: string;
  readonly expr: Expr;
  /** Labels that the rule adds to those of the series, beside its severity and the host; no two rules have the same. */
  readonly labels?: Labels;
  readonly summary: Annotation;
  readonly description: Annotation;
  /** Series with which it fires, and with which it just does not. */
  readonly fires: readonly Series[];
  readonly quiet: readonly Series[];
  /** Of each alert that then fires, the labels that the rule does not add. */
  readonly firing: readonly Labels[];
}

/** Seconds from the start of a test to its end, if nothing in it grows; the condition holds, or does not, all the time. */
export const testSeconds = 86_400;

/** The instance of a host's node_exporter, as a test names it. */
export const scrapedAs = (host: string): string => `${host}:9100`;

/** A series' labels with those that scraping adds. */
export const scraped = (host: string, labels: Labels): Labels => ({
  instance: scrapedAs(host),
  job: "node",
  ...labels,
});

/** `annotation\`Device ${{ label: "device" }} of ${name}\`` */
export const annotation = (texts: TemplateStringsArray, ...values: readonly Part[]): Annotation =>
  texts.flatMap((text, i) => {
    const value = values[i];
    return value === undefined ? [text] : [text, value];
  });
