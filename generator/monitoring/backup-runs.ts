/** What runs each backup method, and how old its last backup may be. */
import { durationSeconds } from "../duration.ts";
import type { PlannedBackup, PlannedDatabase } from "../plan/types.ts";

interface Run {
  /** The units that make a backup, with NAME for the database's: modules/backup. */
  readonly units: string;
  /** Whether a backup follows each snapshot. */
  readonly followsSnapshots?: true;
}

const ownUnits = "dbtrfs-backup-NAME-full and dbtrfs-backup-NAME-incremental";

/** By the method's name. Litestream is not here: it copies all the time, and its own metrics say how far it is. */
const runs: Readonly<Record<string, Run>> = {
  pg_dump: { units: "postgresqlBackup" },
  pg_basebackup: { units: ownUnits },
  pgbackrest: { units: "pgbackrest-default-full and pgbackrest-default-incremental" },
  mysqldump: { units: "dbtrfs-backup-NAME-full" },
  "mariadb-backup": { units: ownUnits },
  "btrbk-send": { units: "btrbk-dbtrfs-NAME", followsSnapshots: true },
};

const hour = 3600;
const day = 24 * hour;

/** Time from one backup to the next, where the log that leads on from it is kept. */
const interval = ({ snapshots }: PlannedDatabase, { followsSnapshots }: Run): number =>
  followsSnapshots && snapshots ? durationSeconds(snapshots.every) : day;

/** Without the log each backup is a recovery point; with it, it is where the log starts from. */
const longestGap = (database: PlannedDatabase, backup: PlannedBackup, run: Run): number => {
  const point = durationSeconds(backup.recoveryPointObjective);
  return backup.keepsLog ? Math.max(point, interval(database, run)) : point;
};

export interface TimedBackup {
  readonly backup: PlannedBackup;
  readonly units: string;
  /** Seconds. The slack is what a run takes longer than the one before. */
  readonly age: number;
}

/** The backup of a database as far as its units tell when one succeeded; null where nothing does. */
export const timedBackup = (database: PlannedDatabase): TimedBackup | null => {
  const { name, backup } = database;
  const run = backup === null ? undefined : runs[backup.method];
  if (backup === null || run === undefined) return null;
  const gap = longestGap(database, backup, run);
  return { backup, units: run.units.replaceAll("NAME", name), age: gap + Math.max(hour, gap / 10) };
};
