/** Alerts on clones: whoever made one relies on its end, and so does the disk. */
import type { Plan, PlannedDatabase } from "../plan/types.ts";
import { type Alert, annotation, scraped, testSeconds } from "./alert.ts";
import { metric, ofHost, promql } from "./promql.ts";
import { spoken } from "./spoken.ts";
import { cloneOverdue } from "./thresholds.ts";

const overdue = (plan: Plan, database: PlannedDatabase): Alert => {
  const labels = { database: database.name };
  const series = { metric: "dbtrfs_clones_next_end_timestamp_seconds", labels } as const;
  return {
    name: "DbtrfsCloneOverdue",
    about: database.name,
    limit: spoken(cloneOverdue),
    labels,
    expr: ofHost(plan.host, promql`time() - ${metric(series.metric, labels)} > ${cloneOverdue}`),
    summary: annotation`${plan.host}: a clone of ${database.name} has outlived its time by more than ${spoken(cloneOverdue)}`,
    description: annotation`It keeps room that the original may need. journalctl -u dbtrfs-clones-keep says why it was not deleted; dbtrfs-clone list shows it, and dbtrfs-clone destroy deletes it, as root whoever made it.`,
    fires: [{ ...series, value: -cloneOverdue - 1 }],
    quiet: [{ ...series, value: testSeconds - cloneOverdue }],
    firing: [scraped(plan.host, labels)],
  };
};

export const cloneAlerts = (plan: Plan, database: PlannedDatabase): Alert[] =>
  database.clones ? [overdue(plan, database)] : [];
