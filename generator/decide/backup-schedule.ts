import { durationSeconds } from "../duration.ts";
import { type BackupMethod, minute } from "./backup-methods.ts";
import { type Backup, keepsLog } from "./backup-objections.ts";
import type { Situation } from "./situation.ts";

/** Systemd calendars, as modules/backup/methods.nix has them by default; null where the method has no such run. */
export interface BackupSchedule {
  readonly full: string | null;
  readonly incremental: string | null;
}

const nightly = "*-*-* 01:15:00";
const weekly = "Sun *-*-* 01:15:00";
const otherNights = "Mon..Sat *-*-* 01:15:00";

const hour = 60 * minute;
/** The longest that is no longer than the recovery point. */
const intervals: readonly (readonly [seconds: number, calendar: string])[] = [
  [24 * hour, otherNights],
  [12 * hour, "0/12:00"],
  [6 * hour, "0/6:00"],
  [4 * hour, "0/4:00"],
  [3 * hour, "0/3:00"],
  [2 * hour, "0/2:00"],
  [hour, "*:00"],
];

const everySoOften = (seconds: number): string =>
  intervals.find(([interval]) => interval <= seconds)?.[1] ?? "*:00";

/** A full backup a week bounds what a restore has to put together; where no log leads on, incremental ones do. */
export const backupSchedule = (method: BackupMethod, s: Situation, backup: Backup): BackupSchedule => {
  if (method.needsSnapshots || method.id === "litestream") return { full: null, incremental: null };
  if (!method.incremental) return { full: nightly, incremental: null };
  const point = durationSeconds(backup.recoveryPointObjective);
  return {
    full: weekly,
    incremental: keepsLog(method, s, backup) ? otherNights : everySoOften(point),
  };
};
