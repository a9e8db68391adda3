/** Which series a host of this plan reports, by the unit that writes them. */
import type { Plan, PlannedDatabase } from "../plan/types.ts";
import { backupOf } from "./copy-alerts.ts";
import { type Metric, metricNames, metrics, type Subject, type Writer } from "./metrics.ts";
import type { Labels, SeriesName } from "./promql.ts";

/** A unit of the host and what is there once it has run. */
export interface ReportingUnit {
  readonly unit: string;
  readonly writer: Writer;
  readonly series: readonly SeriesName[];
}

const labelsOf = (plan: Plan): Readonly<Record<Subject, readonly Labels[]>> => ({
  host: [{}],
  filesystem: plan.filesystems.map(({ label }) => ({ filesystem: label })),
  database: plan.databases.map(({ name }) => ({ database: name })),
});

const series = (writer: Writer, subjects: Readonly<Record<Subject, readonly Labels[]>>): SeriesName[] =>
  metricNames
    .filter((name) => metrics[name].writer === writer && metrics[name].always)
    .flatMap((name) => subjects[(metrics[name] as Metric).subject].map((labels) => ({ name, labels })));

/** The units of one database that write metrics. */
const writersOf = (database: PlannedDatabase): Writer[] => [
  ...(database.snapshots ? (["dbtrfs-snapshot-NAME", "dbtrfs-drill-NAME"] as const) : []),
  ...(backupOf(database) ? (["dbtrfs-backup-NAME"] as const) : []),
];

const unitsOf = (database: PlannedDatabase): ReportingUnit[] =>
  writersOf(database).map((writer) => ({
    unit: writer.replace("NAME", database.name),
    writer,
    series: series(writer, { host: [], filesystem: [], database: [{ database: database.name }] }),
  }));

export const reportingUnits = (plan: Plan): ReportingUnit[] => [
  { unit: "dbtrfs-verify", writer: "dbtrfs-verify", series: series("dbtrfs-verify", labelsOf(plan)) },
  ...plan.databases.flatMap(unitsOf),
];
