import { durationSeconds } from "../duration.ts";
import type { Decision, PlannedBackup, PlannedSnapshots } from "../plan/types.ts";
import { atLeast } from "../version.ts";
import { type BackupMethod, backupMethods } from "./backup-methods.ts";
import { candidate, decision } from "./decision.ts";
import type { Situation } from "./situation.ts";

type Backup = NonNullable<Situation["database"]["backup"]>;

interface Objection {
  readonly constraint: string;
  readonly reason: string;
}

/** Why a method cannot keep what the owner asks for; null where it can. */
const objection = (
  method: BackupMethod,
  s: Situation,
  backup: Backup,
  snapshots: PlannedSnapshots | null,
): Objection | null => {
  const point = durationSeconds(backup.recoveryPointObjective);
  const hours = durationSeconds(backup.recoveryTimeObjective) / 3600;
  const { sizeGiB } = s.database;
  // What snapshots carry off is never newer than the last of them.
  const oldest = method.needsSnapshots && snapshots !== null ? durationSeconds(snapshots.every) : 0;
  const found = [
    method.since !== undefined &&
      !atLeast(s.version, method.since) && { constraint: "version", reason: `Needs ${method.since}.` },
    backup.pointInTime &&
      !method.pointInTime && {
        constraint: "point-in-time",
        reason: "Cannot restore to a moment between two backups.",
      },
    point < Math.max(method.recoveryPointSeconds, oldest) && {
      constraint: "recovery-point",
      reason: `Cannot keep a recovery point of ${backup.recoveryPointObjective}${point < method.recoveryPointSeconds ? "" : ` from snapshots taken every ${snapshots?.every}`}.`,
    },
    sizeGiB / method.restoreGiBPerHour > hours && {
      constraint: "recovery-time",
      reason: `Restoring ${sizeGiB} GiB takes about ${Math.ceil(sizeGiB / method.restoreGiBPerHour)} h at ${method.restoreGiBPerHour} GiB/h, longer than ${backup.recoveryTimeObjective}.`,
    },
    method.upToGiB !== null &&
      sizeGiB > method.upToGiB && {
        constraint: "size",
        reason: `Takes too long above ${method.upToGiB} GiB.`,
      },
    method.needsSnapshots &&
      snapshots === null && { constraint: "snapshots", reason: "There are no local snapshots to send." },
  ].find((reason) => reason !== false);
  return found || null;
};

export interface BackupChoice {
  readonly backup: PlannedBackup | null;
  readonly decision: Decision;
  readonly method: BackupMethod | null;
}

const none = (s: Situation): Decision =>
  decision({
    id: `${s.database.name}.backup`,
    title: `Backup of ${s.database.name}`,
    pointer: `/databases/${s.index}/backup`,
    value: null,
    reason:
      "The spec names no backup. Snapshots on the same disks are no backup: a lost filesystem takes both.",
    confidence: "inferred",
  });

const planned = (backup: Backup, method: BackupMethod | undefined): PlannedBackup => ({
  target: backup.target,
  method: method?.id ?? "none",
  title: method?.title ?? "no method keeps these objectives",
  pointInTime: backup.pointInTime,
  recoveryPointObjective: backup.recoveryPointObjective,
  recoveryTimeObjective: backup.recoveryTimeObjective,
});

/** Chooses the simplest method that keeps recovery point and recovery time. */
export const chooseBackup = (s: Situation, snapshots: PlannedSnapshots | null): BackupChoice => {
  const { backup } = s.database;
  if (!backup) return { backup: null, decision: none(s), method: null };
  const rows = backupMethods
    .filter((method) => method.engines.includes(s.database.engine))
    .map((method) => ({ method, dropped: objection(method, s, backup, snapshots) }));
  const chosen = rows.find((row) => row.dropped === null)?.method;
  const value = planned(backup, chosen);
  return {
    backup: value,
    method: chosen ?? null,
    decision: decision({
      id: `${s.database.name}.backup`,
      title: `Backup of ${s.database.name}`,
      pointer: `/databases/${s.index}/backup`,
      value,
      reason: chosen
        ? `The first of the known methods, in order of preference, that keeps a recovery point of ${backup.recoveryPointObjective} and a recovery time of ${backup.recoveryTimeObjective}${backup.pointInTime ? " to any point in time" : ""}. ${chosen.about} Restore rates are inferred, not measured.`
        : "No method keeps these objectives for a database of this size: a replica would.",
      candidates: rows.map(({ method, dropped }) =>
        candidate({ value: method.id, chosen: method === chosen, dropped }),
      ),
      sources: chosen?.sources ?? [],
      confidence: "inferred",
    }),
  };
};
