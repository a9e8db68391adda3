/** Which series a host of this plan reports, by the file that holds them. */
import type { Plan, PlannedDatabase } from "../plan/types.ts";
import { timedBackup } from "./backup-runs.ts";
import { type Metric, metricNames, metrics, type Subject, type Writer } from "./metrics.ts";
import type { Labels, SeriesName } from "./promql.ts";
import { copiesBinlog } from "./thresholds.ts";

/** A file in the metrics' directory, what writes it, and what is in it once that has run. */
export interface Report {
  readonly file: string;
  readonly units: string;
  readonly series: readonly SeriesName[];
}

type Subjects = Readonly<Record<Subject, readonly Labels[]>>;

const seriesOf = (writer: Writer, subjects: Subjects): SeriesName[] =>
  metricNames
    .filter((name) => metrics[name].writer === writer && metrics[name].always)
    .flatMap((name) => subjects[(metrics[name] as Metric).subject].map((labels) => ({ name, labels })));

const verifyReport = (plan: Plan): Report => ({
  file: "verify.prom",
  units: "dbtrfs-verify",
  series: seriesOf("verify", {
    host: [{}],
    filesystem: plan.filesystems.map(({ label }) => ({ filesystem: label })),
    database: plan.databases.map(({ name }) => ({ database: name })),
  }),
});

const databaseReport = ({ name }: PlannedDatabase, writer: Writer, units: string): Report => ({
  file: `${writer}-${name}.prom`,
  units,
  series: seriesOf(writer, { host: [], filesystem: [], database: [{ database: name }] }),
});

const databaseReports = (database: PlannedDatabase): Report[] => {
  const backup = timedBackup(database);
  return [
    ...(database.snapshots
      ? [
          databaseReport(database, "snapshot", `dbtrfs-snapshot-${database.name}`),
          databaseReport(database, "drill", `dbtrfs-drill-${database.name}`),
        ]
      : []),
    ...(backup ? [databaseReport(database, "backup", backup.units)] : []),
    ...(database.clones ? [databaseReport(database, "clones", "dbtrfs-clones-keep")] : []),
    ...(copiesBinlog(database) ? [databaseReport(database, "binlog", `dbtrfs-binlog-${database.name}`)] : []),
  ];
};

export const reportsOf = (plan: Plan): Report[] => [
  verifyReport(plan),
  ...plan.databases.flatMap(databaseReports),
];
