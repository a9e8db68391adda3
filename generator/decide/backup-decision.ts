import type { LayoutChoice } from "../layout/layout-choice.ts";
import type { Decision, PlannedBackup } from "../plan/types.ts";
import { type BackupMethod, backupMethods } from "./backup-methods.ts";
import { type Backup, keepsLog, objection } from "./backup-objections.ts";
import { backupSchedule } from "./backup-schedule.ts";
import { backupMember } from "./cluster-decision.ts";
import { candidate, decision } from "./decision.ts";
import type { Situation } from "./situation.ts";
import { snapshotsOfDatabase } from "./snapshot-decision.ts";

export interface BackupChoice {
  readonly backup: PlannedBackup | null;
  readonly decision: Decision;
  /** The member of a cluster that makes it; null for a database that stands alone, and where there is none. */
  readonly backupOn: string | null;
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

const planned = (s: Situation, backup: Backup, method: BackupMethod | undefined): PlannedBackup => ({
  target: backup.target,
  method: method?.id ?? "none",
  title: method?.title ?? "no method keeps these objectives",
  pointInTime: backup.pointInTime,
  keepsLog: method !== undefined && keepsLog(method, s, backup),
  recoveryPointObjective: backup.recoveryPointObjective,
  recoveryTimeObjective: backup.recoveryTimeObjective,
  ...(method ? backupSchedule(method, s, backup) : { full: null, incremental: null }),
});

const noMethod =
  "No method keeps these objectives for a database of this size with this target: the candidates say why. A replica would, or another target.";

const onlyOne =
  "One member makes it, or each would write to the target; its snapshots, and what it reads, are those of all.";

const where = (s: Situation, backupOn: string | null): string => {
  if (s.cluster === null || backupOn === null) return "";
  return ` Made on ${backupOn}. ${onlyOne}`;
};

/** Chooses the simplest method that keeps recovery point and recovery time, and of a cluster the member that does it. */
export const chooseBackup = (s: Situation, layout: LayoutChoice): BackupChoice => {
  const chosen = methodFor(s, layout);
  const backupOn = s.cluster && backupMember(s.cluster, chosen.backup);
  if (backupOn === null || backupOn === s.cluster?.self.name) return { ...chosen, backupOn };
  const { decision: of } = chosen;
  return {
    backup: null,
    decision: { ...of, value: null, reason: `Made on ${backupOn}, not here. ${onlyOne}`, candidates: [] },
    backupOn,
  };
};

/** The same on whichever host does it. */
const methodFor = (s: Situation, layout: LayoutChoice): Omit<BackupChoice, "backupOn"> => {
  const { backup } = s.database;
  if (!backup) return { backup: null, decision: none(s) };
  const { snapshots } = snapshotsOfDatabase(s, layout);
  const rows = backupMethods
    .filter((method) => method.engines.includes(s.database.engine))
    .map((method) => ({ method, dropped: objection({ method, s, backup, snapshots }) }));
  const chosen = rows.find((row) => row.dropped === null)?.method;
  const value = planned(s, backup, chosen);
  return {
    backup: value,
    decision: decision({
      id: `${s.database.name}.backup`,
      title: `Backup of ${s.database.name}`,
      pointer: `/databases/${s.index}/backup`,
      value,
      reason: chosen
        ? `The simplest known method that writes to this target and keeps a recovery point of ${backup.recoveryPointObjective} and a recovery time of ${backup.recoveryTimeObjective}${backup.pointInTime ? " to any point in time" : ""}. ${chosen.about} Restore rates are inferred, not measured.${where(s, s.cluster && backupMember(s.cluster, value))}`
        : noMethod,
      candidates: rows.map(({ method, dropped }) =>
        candidate({ value: method.id, chosen: method === chosen, dropped }),
      ),
      sources: chosen?.sources ?? [],
      confidence: "inferred",
    }),
  };
};
