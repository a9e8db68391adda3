import type { Alert } from "../../monitoring/alert.ts";
import { type AlertName, alertKinds, alertNames } from "../../monitoring/alert-kinds.ts";
import { alertRunbooks } from "../../monitoring/alert-runbooks.ts";
import { alertsOf } from "../../monitoring/alerts-of-plan.ts";
import { reportsOf } from "../../monitoring/expected-metrics.ts";
import { type MetricName, metricNames, metrics } from "../../monitoring/metrics.ts";
import type { Plan } from "../../plan/types.ts";
import { alertViews } from "../report/alerts.ts";
import { section, table } from "./parts.ts";
import { list, type Runbook, type RunbookBlock, text, untriedCommands } from "./runbook.ts";

const onward = (name: AlertName): string => alertRunbooks[name] ?? "the alert's own text";

const alerts = (plan: Plan): RunbookBlock =>
  table(
    ["alert", "about", "holds for", "what it means", "go on with"],
    ...alertViews(plan).map(({ name, about, severity, meaning }) => {
      const kind = alertKinds[name as AlertName];
      return [`${name} (${severity})`, about, kind.for, meaning, onward(name as AlertName)];
    }),
  );

/** The words of an expression, metrics' names among them. */
const wordsOf = ({ expr }: Alert): ReadonlySet<string> => new Set(expr.promql.match(/\w+/g));

const alertsOn = (plan: Plan): ReadonlyMap<MetricName, readonly AlertName[]> => {
  const watched = alertsOf(plan)
    .filter(({ name }) => name !== "DbtrfsMetricsMissing")
    .map((alert) => ({ name: alert.name, words: wordsOf(alert) }));
  return new Map(
    metricNames.map((metric) => {
      const names = watched.filter(({ words }) => words.has(metric)).map(({ name }) => name);
      return [metric, alertNames.filter((name) => names.includes(name))];
    }),
  );
};

/** What the units of this host write. */
const written = (plan: Plan): ReadonlySet<string> =>
  new Set(reportsOf(plan).map(({ file }) => writerOf(file)));

const writerOf = (file: string): string => file.replace(/(-.*)?\.prom$/, "");

const numbers = (plan: Plan): RunbookBlock => {
  const writers = written(plan);
  const watching = alertsOn(plan);
  return table(
    ["metric", "what it is", "alerts"],
    ...metricNames
      .filter((name) => writers.has(metrics[name].writer))
      .map((name) => [
        name,
        metrics[name].help.replaceAll("`", ""),
        watching.get(name)?.join(", ") || "none",
      ]),
  );
};

/** What each file of metrics comes from. */
const files = (plan: Plan): RunbookBlock =>
  table(["file", "written by"], ...reportsOf(plan).map(({ file, units }) => [file, units]));

export const monitoring = (plan: Plan): Runbook => ({
  id: "monitor",
  title: "What to watch, and what a number means",
  sections: [
    section(
      undefined,
      text(
        "Numbers come from files in /var/lib/dbtrfs/metrics, which node_exporter reads. Each file has one writer; a file that does not get younger is a unit that fails.",
      ),
      files(plan),
      untriedCommands(
        "look",
        "reads what other scenarios check",
        "dbtrfs-verify",
        "systemctl --failed --no-pager",
        "systemctl list-timers --no-pager 'dbtrfs-*' 'btrfs-scrub-*'",
        "cat /var/lib/dbtrfs/metrics/*.prom",
      ),
    ),
    section(
      "Each week, in a minute",
      list(
        "dbtrfs-verify finds nothing, and no unit has failed.",
        "The last scrub, the newest snapshot, the last backup and the last drill are as young as the calendar of the report says.",
        "Free space, and how fast it goes: a tenth is where the alert is, and a fifth is where to plan a disk.",
      ),
    ),
    section("Alerts, and where to go on", alerts(plan)),
    section("Numbers", numbers(plan)),
  ],
});
