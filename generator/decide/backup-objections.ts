import { durationSeconds } from "../duration.ts";
import type { PlannedSnapshots } from "../plan/types.ts";
import { parseBackupTarget, targetKinds } from "../spec/backup-target.ts";
import { atLeast } from "../version.ts";
import { type BackupMethod, minute } from "./backup-methods.ts";
import type { Situation } from "./situation.ts";

export type Backup = NonNullable<Situation["database"]["backup"]>;

export interface Objection {
  readonly constraint: string;
  readonly reason: string;
}

interface Case {
  readonly method: BackupMethod;
  readonly s: Situation;
  readonly backup: Backup;
  readonly snapshots: PlannedSnapshots | null;
}

type Constraint = (c: Case) => string | false;

const isInnodb = (s: Situation) => s.facts.family === "innodb";

/** Whether what happens between two backups reaches the target as well. */
export const keepsLog = (method: BackupMethod, s: Situation, backup: Backup): boolean =>
  method.log === "always" ||
  (method.log === "binlog" &&
    backup.pointInTime &&
    isInnodb(s) &&
    parseBackupTarget(backup.target).kind === "path");

/** With the log, what its copies keep; without, the time from one backup to the next. */
const shortestRecoveryPoint = ({ method, s, backup, snapshots }: Case): number => {
  if (method.log === "binlog" && keepsLog(method, s, backup)) return minute;
  const snapshotted = method.needsSnapshots && snapshots !== null ? durationSeconds(snapshots.every) : 0;
  return Math.max(method.recoveryPointSeconds, snapshotted);
};

const target: Constraint = ({ method, backup }) => {
  const { kind } = parseBackupTarget(backup.target);
  if (method.targets.includes(kind)) return false;
  const possible = method.targets.map((each) => targetKinds[each]).join(" or ");
  return `Writes to ${possible}, and the target is ${targetKinds[kind]}.${kind === "ssh" ? " Where that host's directory is mounted here, name the mount." : ""}`;
};

const pointInTime: Constraint = ({ method, s, backup }) => {
  if (!backup.pointInTime || keepsLog(method, s, backup)) return false;
  return method.log === "binlog" && isInnodb(s)
    ? "Cannot restore to a moment between two backups: the binary log is copied to a directory only."
    : "Cannot restore to a moment between two backups.";
};

const recoveryPoint: Constraint = (c) => {
  const point = durationSeconds(c.backup.recoveryPointObjective);
  if (point >= shortestRecoveryPoint(c)) return false;
  const { method, backup, snapshots } = c;
  const bySnapshots = point >= method.recoveryPointSeconds;
  return `Cannot keep a recovery point of ${backup.recoveryPointObjective}${bySnapshots ? ` from snapshots taken every ${snapshots?.every}` : ""}.`;
};

const recoveryTime: Constraint = ({ method, s, backup }) => {
  const { sizeGiB } = s.database;
  const hours = sizeGiB / method.restoreGiBPerHour;
  if (hours <= durationSeconds(backup.recoveryTimeObjective) / 3600) return false;
  return `Restoring ${sizeGiB} GiB takes about ${Math.ceil(hours)} h at ${method.restoreGiBPerHour} GiB/h, longer than ${backup.recoveryTimeObjective}.`;
};

/** What cannot follow a leader that moves, or wants the service that Patroni takes the place of. */
const notUnderPatroni: Readonly<Record<string, string>> = {
  pgbackrest: "Archives the log of the leader, which may be any member tomorrow: that is not planned.",
  pg_dump: "services.postgresqlBackup runs beside services.postgresql, which Patroni takes the place of.",
};

const cluster: Constraint = ({ method, s }) =>
  s.cluster?.kind === "patroni" && (notUnderPatroni[method.id] ?? false);

const constraints: Readonly<Record<string, Constraint>> = {
  version: ({ method, s }) =>
    method.since !== undefined && !atLeast(s.version, method.since) && `Needs ${method.since}.`,
  cluster,
  package: ({ method }) => method.unavailable ?? false,
  target,
  "point-in-time": pointInTime,
  "recovery-point": recoveryPoint,
  "recovery-time": recoveryTime,
  size: ({ method, s }) =>
    method.upToGiB !== null &&
    s.database.sizeGiB > method.upToGiB &&
    `Takes too long above ${method.upToGiB} GiB.`,
  snapshots: ({ method, snapshots }) =>
    method.needsSnapshots && snapshots === null && "There are no local snapshots to send.",
};

/** Why a method cannot keep what the owner asks for; null where it can. */
export const objection = (c: Case): Objection | null => {
  for (const [constraint, check] of Object.entries(constraints)) {
    const reason = check(c);
    if (reason !== false) return { constraint, reason };
  }
  return null;
};
