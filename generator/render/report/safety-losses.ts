import { durationSeconds } from "../../duration.ts";
import { spoken } from "../../monitoring/spoken.ts";
import type { PlannedBackup, PlannedDatabase, PlannedSnapshots } from "../../plan/types.ts";
import { parseBackupTarget } from "../../spec/backup-target.ts";
import { profileCopies } from "../../spec/capacity.ts";
import { disksOf } from "./host-picture.ts";
import { retained } from "./retention.ts";
import { inPlaceOf, mistakeElsewhere, otherMembers } from "./safety-members.ts";
import { leadsOn } from "./snapshot-restore.ts";
import type { Kept, Loss, Trouble } from "./trouble.ts";

export type Backup = PlannedBackup;

/** The backup that runs; null where none is planned, or where no method keeps the objectives. */
export const backupOf = ({ backup }: PlannedDatabase): Backup | null =>
  backup === null || backup.method === "none" ? null : backup;

export const pointOf = ({ recoveryPointObjective }: Backup): string =>
  spoken(durationSeconds(recoveryPointObjective));

const timeOf = ({ recoveryTimeObjective }: Backup): string => spoken(durationSeconds(recoveryTimeObjective));

const everything = ({ database }: Kept): Loss => ({
  text: `All of ${database.name}: no backup is planned.`,
  tone: "bad",
});

const restored = (backup: Backup): string =>
  `restore from ${backup.target} (${backup.title}), within ${timeOf(backup)}`;

const afterBackup = (backup: Backup): Loss => ({
  text: `At most the last ${pointOf(backup)}.`,
  tone: "fair",
});

/** How many disks of its filesystem a database can lose. */
const spareDisks = ({ filesystem }: Kept): number =>
  Math.min(profileCopies[filesystem.dataProfile], profileCopies[filesystem.metadataProfile]) - 1;

const mostNamed = 4;

const whichDisk = ({ plan, filesystem }: Kept): string => {
  const disks = disksOf(plan, filesystem.id);
  if (disks.length === 1) return `${disks[0]} fails`;
  return disks.length > mostNamed ? `One of ${disks.length} disks fails` : `One of ${disks.join(", ")} fails`;
};

const whenMoreFail = (spare: number, backup: Backup | null): string =>
  `${spare === 1 ? "If a second one fails" : "If more than two fail"} before it is replaced: ${
    backup
      ? `as when the host is lost, at most the last ${pointOf(backup)}`
      : "everything, no backup is planned"
  }.`;

const boots = ({ plan }: Kept): string =>
  plan.system.root === "here" ? " The host does not boot by itself without it." : "";

export const diskLost: Trouble = (kept) => {
  const { plan, database } = kept;
  const backup = backupOf(database);
  const spare = spareDisks(kept);
  const row = { trouble: whichDisk(kept), seen: undefined };
  if (spare > 0)
    return {
      ...row,
      detects: "Btrfs, by errors of the device: DbtrfsDeviceErrors.",
      repairs: `You, with btrfs replace; Btrfs reads from the other copies meanwhile.${boots(kept)}`,
      lost: {
        text: `Nothing. ${database.cluster ? "If more of them fail, another member has the data." : whenMoreFail(spare, backup)}`,
        tone: "good",
      },
    };
  const again =
    plan.system.root === "here" ? "the host again from this plan" : "the filesystem again from this plan";
  return {
    ...row,
    detects: `Everybody: the filesystem is gone${database.snapshots ? ", with its snapshots" : ""}.`,
    repairs: backup
      ? `You: a new disk, ${again}, ${restored(backup)}.`
      : `You: a new disk and ${again}, empty.`,
    lost: backup ? afterBackup(backup) : everything(kept),
    ...otherMembers(database, `a new disk, ${again}`),
  };
};

const notHere = (backup: Backup): string =>
  parseBackupTarget(backup.target).kind === "path"
    ? ` Not where ${backup.target} is a disk of this host.`
    : "";

export const hostLost: Trouble = (kept) => {
  const backup = backupOf(kept.database);
  return {
    trouble: "The whole host is lost",
    detects: "Whoever watches it from outside: a Prometheus on it is lost too.",
    repairs: backup
      ? `You: another host from this plan, ${restored(backup)}.${notHere(backup)}`
      : "Nobody: there is no backup.",
    lost: backup ? afterBackup(backup) : everything(kept),
    seen: undefined,
    ...otherMembers(kept.database, "another host from this plan"),
  };
};

interface Undoing {
  readonly repairs: string;
  readonly lost: Loss;
}

const untilThen: Loss = { text: "Nothing that was committed before it.", tone: "good" };

const fromSnapshot = (
  { database }: Kept,
  { every, keep }: PlannedSnapshots,
  backup: Backup | null,
): Undoing => {
  const from = `You: dbtrfs-restore ${database.name}, from a snapshot (one every ${spoken(durationSeconds(every))}; ${retained(keep)} are kept)`;
  if (leadsOn(database))
    return { repairs: `${from} and the log from there to the moment before.`, lost: untilThen };
  if (backup?.keepsLog)
    return { repairs: `${from}; to the moment before, ${restored(backup)}.`, lost: untilThen };
  const gap = spoken(durationSeconds(every));
  return {
    repairs: `${from}.${inPlaceOf(database)}`,
    lost: { text: `What was written since the snapshot: at most ${gap}.`, tone: "fair" },
  };
};

const fromBackup = (backup: Backup): Undoing =>
  backup.keepsLog
    ? { repairs: `You: ${restored(backup)}, to the moment before.`, lost: untilThen }
    : { repairs: `You: ${restored(backup)}.`, lost: afterBackup(backup) };

const undone = (kept: Kept): Undoing => {
  const { snapshots } = kept.database;
  const backup = backupOf(kept.database);
  if (snapshots) return fromSnapshot(kept, snapshots, backup);
  if (backup) return fromBackup(backup);
  const elsewhere = mistakeElsewhere(kept.database);
  if (elsewhere) return elsewhere;
  return { repairs: "Nobody.", lost: { text: "What was deleted or changed.", tone: "bad" } };
};

export const operatorError: Trouble = (kept) => ({
  trouble: "A mistake: a dropped table, a wrong update",
  detects: "People only. To the database and to Btrfs it is a change like any other.",
  ...undone(kept),
  seen: undefined,
});
