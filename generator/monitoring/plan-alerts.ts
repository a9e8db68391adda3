/** Alerts on what dbtrfs-verify compares: the host with its plan, files with what they were a week ago. */
import type { Plan, PlannedDatabase } from "../plan/types.ts";
import { type Alert, annotation, scraped, scrapedAs, testSeconds } from "./alert.ts";
import { metric, ofHost, promql } from "./promql.ts";
import { spoken } from "./spoken.ts";
import { manyExtents, verifyAge } from "./thresholds.ts";

const hoursOfWeek = 7 * 24;

export const drift = (plan: Plan): Alert => {
  const series = { metric: "dbtrfs_drift_findings", labels: { check: "mount-options" } } as const;
  return {
    name: "DbtrfsDrift",
    about: plan.host,
    expr: ofHost(plan.host, promql`${metric("dbtrfs_drift_findings")} > 0`),
    summary: annotation`${plan.host}: differs from its plan (${{ label: "check" }})`,
    description: annotation`Run dbtrfs-verify on ${plan.host}: it names each difference and what to do about it.`,
    fires: [{ ...series, value: 1 }],
    quiet: [{ ...series, value: 0 }],
    firing: [scraped(plan.host, series.labels)],
  };
};

export const verifyTooOld = (plan: Plan): Alert => {
  const series = { metric: "dbtrfs_verify_timestamp_seconds", labels: {} } as const;
  return {
    name: "DbtrfsVerifyTooOld",
    about: plan.host,
    limit: spoken(verifyAge),
    expr: ofHost(plan.host, promql`time() - ${metric("dbtrfs_verify_timestamp_seconds")} > ${verifyAge}`),
    summary: annotation`${plan.host}: dbtrfs-verify has not run for more than ${spoken(verifyAge)}`,
    description: annotation`Until it does, space, device errors, scrubs and drift are those of its last run. journalctl -u dbtrfs-verify says why it fails. Once the cause is gone: systemctl start dbtrfs-verify`,
    fires: [{ ...series, value: -verifyAge - 1 }],
    quiet: [{ ...series, value: testSeconds - verifyAge }],
    firing: [scraped(plan.host, {})],
  };
};

/** What undoes fragmentation, by engine; a defragmentation would double what snapshots share. */
const rewrite: Readonly<Record<PlannedDatabase["engine"], string>> = {
  postgresql: "VACUUM FULL or pg_repack",
  mysql: "OPTIMIZE TABLE",
  mariadb: "OPTIMIZE TABLE",
  sqlite: "VACUUM",
};

export const fragmentation = (plan: Plan, database: PlannedDatabase): Alert => {
  const labels = { database: database.name };
  const most = promql`max by (instance, database) (${metric("dbtrfs_largest_file_extents", labels)})`;
  const before = promql`max by (instance, database) (${metric("dbtrfs_largest_file_extents", labels, " offset 1w")})`;
  const growingTo = (value: number, factor: number) => {
    const start = value / factor;
    const perHour = (value - start) / hoursOfWeek;
    return [
      { metric: "dbtrfs_largest_file_extents", labels: { ...labels, file: "1" }, value: start, perHour },
    ] as const;
  };
  return {
    name: "DbtrfsFragmentationGrowth",
    about: database.name,
    labels,
    expr: ofHost(plan.host, promql`${most} > ${manyExtents} and ${most} > 2 * ${before}`),
    summary: annotation`${plan.host}: the largest files of ${database.name} are in twice as many pieces as a week ago`,
    description: annotation`Reads of whole tables become slower. What rewrites a table undoes it: ${rewrite[database.engine]}. No btrfs filesystem defragment: it would store anew all that snapshots share. If it comes back within weeks, plan with other snapshots or another layout.`,
    fires: growingTo(4 * manyExtents, 4),
    quiet: growingTo(4 * manyExtents, 1.5),
    firing: [{ instance: scrapedAs(plan.host), ...labels }],
  };
};
