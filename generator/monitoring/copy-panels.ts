/** The copies of the databases on a dashboard. */
import type { PlannedDatabase } from "../plan/types.ts";
import { timedBackup } from "./backup-runs.ts";
import { byDatabase, type Panel, type Section } from "./panel.ts";
import { metric, promql } from "./promql.ts";
import { binlogAge, copiesBinlog, drillAge, fencesLog, longPause, snapshotAge } from "./thresholds.ts";

const strictest = (ages: readonly number[]): number | null => (ages.length > 0 ? Math.min(...ages) : null);

const isNoCow = (database: PlannedDatabase): boolean => database.directories.some(({ noCow }) => noCow);

const shared: Panel = {
  title: "NOCOW data shared with snapshots",
  description: "The next write to a shared block is copied, as without NOCOW.",
  unit: "percentunit",
  queries: [{ expr: metric("dbtrfs_nocow_shared_ratio"), legend: byDatabase }],
  limit: null,
};

export const snapshotSection = (databases: readonly PlannedDatabase[]): Section => ({
  title: "Snapshots",
  panels: [
    {
      title: "Age of the newest snapshot",
      description: "Since its unit last succeeded; and of what verify found on the disk, as of its last run.",
      unit: "s",
      queries: [
        { expr: promql`time() - ${metric("dbtrfs_snapshot_timestamp_seconds")}`, legend: byDatabase },
        {
          expr: promql`time() - ${metric("dbtrfs_snapshot_newest_timestamp_seconds")}`,
          legend: `${byDatabase} on the disk`,
        },
      ],
      limit: strictest(databases.flatMap(({ snapshots }) => (snapshots ? [snapshotAge(snapshots)] : []))),
    },
    {
      title: "What a snapshot costs the database",
      description:
        "Commits wait during the pause, writes during the lock; the rest of the run goes beside them.",
      unit: "s",
      queries: [
        { expr: metric("dbtrfs_snapshot_pause_seconds"), legend: `${byDatabase} pause` },
        { expr: metric("dbtrfs_snapshot_lock_seconds"), legend: `${byDatabase} lock` },
        { expr: metric("dbtrfs_snapshot_seconds"), legend: `${byDatabase} whole run` },
      ],
      limit: databases.some(fencesLog) ? longPause : null,
    },
    ...(databases.some(isNoCow) ? [shared] : []),
  ],
});

export const drillSection: Section = {
  title: "Restore drills",
  panels: [
    {
      title: "Age of the last drill that succeeded",
      description: "A copy was restored, started and read.",
      unit: "s",
      queries: [{ expr: promql`time() - ${metric("dbtrfs_drill_timestamp_seconds")}`, legend: byDatabase }],
      limit: drillAge,
    },
    {
      title: "Last drill",
      description: "1: it succeeded; 0: it failed.",
      unit: "short",
      queries: [{ expr: metric("dbtrfs_drill_success"), legend: byDatabase }],
      limit: null,
    },
    {
      title: "How long a restore takes",
      description: "Of the last drill.",
      unit: "s",
      queries: [{ expr: metric("dbtrfs_drill_seconds"), legend: byDatabase }],
      limit: null,
    },
  ],
};

const binlog = (databases: readonly PlannedDatabase[]): Panel => ({
  title: "Age of the copied binary log",
  description: "What was committed since would be lost with the disk.",
  unit: "s",
  queries: [
    { expr: promql`time() - ${metric("dbtrfs_binlog_timestamp_seconds")}`, legend: byDatabase },
    { expr: metric("dbtrfs_binlog_seconds"), legend: `${byDatabase} how long a copy takes` },
  ],
  limit: strictest(databases.flatMap(({ backup }) => (backup ? [binlogAge(backup)] : []))),
});

export const backupSection = (databases: readonly PlannedDatabase[]): Section => ({
  title: "Backups",
  panels: [
    {
      title: "Age of the last backup",
      description: "Since a backup last succeeded.",
      unit: "s",
      queries: [{ expr: promql`time() - ${metric("dbtrfs_backup_timestamp_seconds")}`, legend: byDatabase }],
      limit: strictest(
        databases.flatMap((database) => {
          const backup = timedBackup(database);
          return backup ? [backup.age] : [];
        }),
      ),
    },
    {
      title: "How long a backup takes",
      description: "Of the last one that succeeded.",
      unit: "s",
      queries: [{ expr: metric("dbtrfs_backup_seconds"), legend: byDatabase }],
      limit: null,
    },
    ...(databases.some(copiesBinlog) ? [binlog(databases.filter(copiesBinlog))] : []),
  ],
});
