/** Alerts on the copies of a database: snapshots, backups, and the drills that show that they can be restored. */
import type { Plan, PlannedBackup, PlannedDatabase, PlannedSnapshots } from "../plan/types.ts";
import { type Alert, annotation, scraped, testSeconds } from "./alert.ts";
import { type TimedBackup, timedBackup } from "./backup-runs.ts";
import type { MetricName } from "./metrics.ts";
import { metric, ofHost, promql } from "./promql.ts";
import { spoken } from "./spoken.ts";
import { binlogAge, copiesBinlog, drillAge, fencesLog, longPause, snapshotAge } from "./thresholds.ts";

/** What it takes to say that something of a database is too old. */
const tooOld = (plan: Plan, database: PlannedDatabase, name: MetricName, age: number) => {
  const labels = { database: database.name };
  const series = { metric: name, labels };
  return {
    about: database.name,
    limit: spoken(age),
    labels,
    expr: ofHost(plan.host, promql`time() - ${metric(name, labels)} > ${age}`),
    fires: [{ ...series, value: -age - 1 }],
    quiet: [{ ...series, value: testSeconds - age }],
    firing: [scraped(plan.host, labels)],
  };
};

const snapshotTooOld = (plan: Plan, database: PlannedDatabase, snapshots: PlannedSnapshots): Alert => {
  const age = snapshotAge(snapshots);
  const unit = `dbtrfs-snapshot-${database.name}`;
  return {
    ...tooOld(plan, database, "dbtrfs_snapshot_timestamp_seconds", age),
    name: "DbtrfsSnapshotTooOld",
    summary: annotation`${plan.host}: no snapshot of ${database.name} for more than ${spoken(age)}`,
    description: annotation`One is planned every ${snapshots.every}. journalctl -u ${unit} says why it fails; systemctl list-timers ${unit} shows when it runs next. Once the cause is gone: systemctl start ${unit}`,
  };
};

const snapshotPauseLong = (plan: Plan, database: PlannedDatabase): Alert => {
  const labels = { database: database.name };
  const series = { metric: "dbtrfs_snapshot_pause_seconds", labels } as const;
  return {
    name: "DbtrfsSnapshotPauseLong",
    about: database.name,
    limit: spoken(longPause),
    labels,
    expr: ofHost(plan.host, promql`${metric("dbtrfs_snapshot_pause_seconds", labels)} > ${longPause}`),
    summary: annotation`${plan.host}: the last snapshot of ${database.name} made commits wait for more than ${spoken(longPause)}`,
    description: annotation`They wait while the redo log is copied; a snapshot that takes longer than dbtrfs.instances.${database.name}.snapshots.maxPause is given up. Take snapshots when less is written, make the redo log smaller, or raise maxPause if your applications bear it.`,
    fires: [{ ...series, value: longPause + 1 }],
    quiet: [{ ...series, value: longPause }],
    firing: [scraped(plan.host, labels)],
  };
};

const backupTooOld = (plan: Plan, database: PlannedDatabase, { backup, units, age }: TimedBackup): Alert => ({
  ...tooOld(plan, database, "dbtrfs_backup_timestamp_seconds", age),
  name: "DbtrfsBackupTooOld",
  summary: annotation`${plan.host}: no backup of ${database.name} for more than ${spoken(age)}`,
  description: annotation`The spec asks for a recovery point of ${backup.recoveryPointObjective} at ${backup.target}, by ${backup.title}. The journal of ${units} says why it fails (journalctl -u); once the cause is gone, start it.`,
});

const binlogTooOld = (plan: Plan, database: PlannedDatabase, backup: PlannedBackup): Alert => {
  const age = binlogAge(backup);
  const unit = `dbtrfs-binlog-${database.name}`;
  return {
    ...tooOld(plan, database, "dbtrfs_binlog_timestamp_seconds", age),
    name: "DbtrfsBinlogTooOld",
    summary: annotation`${plan.host}: the binary log of ${database.name} has not been copied for more than ${spoken(age)}`,
    description: annotation`The spec asks for a recovery point of ${backup.recoveryPointObjective} at ${backup.target}. journalctl -u ${unit} says why it fails; once the cause is gone: systemctl start ${unit}`,
  };
};

const drillFailed = (plan: Plan, database: PlannedDatabase): Alert => {
  const labels = { database: database.name };
  const series = { metric: "dbtrfs_drill_success", labels } as const;
  const unit = `dbtrfs-drill-${database.name}`;
  return {
    name: "DbtrfsDrillFailed",
    about: database.name,
    labels,
    expr: ofHost(plan.host, promql`${metric("dbtrfs_drill_success", labels)} < 1`),
    summary: annotation`${plan.host}: the last restore drill of ${database.name} failed`,
    description: annotation`A copy of ${database.name} could not be restored, started or read, so it may be of no use when it is needed. journalctl -u ${unit} says what failed. Once the cause is gone: systemctl start ${unit}`,
    fires: [{ ...series, value: 0 }],
    quiet: [{ ...series, value: 1 }],
    firing: [scraped(plan.host, labels)],
  };
};

const drillTooOld = (plan: Plan, database: PlannedDatabase): Alert => {
  const unit = `dbtrfs-drill-${database.name}`;
  return {
    ...tooOld(plan, database, "dbtrfs_drill_timestamp_seconds", drillAge),
    name: "DbtrfsDrillTooOld",
    summary: annotation`${plan.host}: no restore drill of ${database.name} has succeeded for more than ${spoken(drillAge)}`,
    description: annotation`Nothing has shown since that its copies can be restored. journalctl -u ${unit} says why; systemctl list-timers ${unit} shows when it runs next. To run it now: systemctl start ${unit}`,
  };
};

export const copyAlerts = (plan: Plan, database: PlannedDatabase): Alert[] => {
  const { snapshots } = database;
  const backup = timedBackup(database);
  return [
    ...(snapshots ? [snapshotTooOld(plan, database, snapshots)] : []),
    ...(fencesLog(database) ? [snapshotPauseLong(plan, database)] : []),
    ...(backup ? [backupTooOld(plan, database, backup)] : []),
    ...(database.backup && copiesBinlog(database) ? [binlogTooOld(plan, database, database.backup)] : []),
    ...(snapshots ? [drillFailed(plan, database), drillTooOld(plan, database)] : []),
  ];
};
