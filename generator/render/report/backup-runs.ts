import type { PlannedBackup, PlannedDatabase } from "../../plan/types.ts";
import { calendarWords } from "./on-calendar.ts";

/** What runs for a backup. */
export interface BackupRun {
  readonly what: string;
  readonly unit: string;
  readonly when: When;
  /** In a sentence that begins with the unit. */
  readonly does: string;
}

/** By a timer, after something else, or as `words` say. */
export type When =
  | { readonly by: "calendar"; readonly calendar: string }
  | { readonly by: "snapshots" }
  | { readonly by: "change"; readonly words: string };

const unitOf: Readonly<Record<string, (run: "full" | "incremental") => string>> = {
  pg_dump: () => "postgresqlBackup",
  pgbackrest: (run) => `pgbackrest-default-${run}`,
};

const whats = { full: "Full backup", incremental: "Incremental backup" } as const;

const scheduled = (name: string, backup: PlannedBackup): BackupRun[] =>
  (["full", "incremental"] as const).flatMap((run) => {
    const calendar = backup[run];
    if (calendar === null) return [];
    return [
      {
        what: whats[run],
        unit: unitOf[backup.method]?.(run) ?? `dbtrfs-backup-${name}-${run}`,
        when: { by: "calendar", calendar },
        does: `${run}, ${calendarWords(calendar)}.`,
      },
    ];
  });

const following: Readonly<Record<string, (name: string) => BackupRun>> = {
  "btrbk-send": (name) => ({
    what: "Sending of snapshots",
    unit: `btrbk-dbtrfs-${name}`,
    when: { by: "snapshots" },
    does: "after each snapshot sends what the target lacks, and thins out on both sides.",
  }),
  litestream: () => ({
    what: "Shipping of changes",
    unit: "litestream",
    when: { by: "change", words: "within seconds of each change" },
    does: "sends each change within seconds, all the time.",
  }),
};

const logRun = ({ name, engine }: PlannedDatabase, point: string): BackupRun =>
  engine === "postgresql"
    ? {
        what: "Archiving of the log",
        unit: "postgresql",
        when: { by: "change", words: `each full segment, and after ${point} at the latest` },
        does: `archives each full segment of its log, and closes one after ${point} at the latest.`,
      }
    : {
        what: "Copying of the binary log",
        unit: `dbtrfs-binlog-${name}`,
        when: { by: "change", words: `at least twice in ${point}` },
        does: `closes the binary log and copies it, at least twice in ${point}.`,
      };

export const backupRuns = (database: PlannedDatabase, backup: PlannedBackup): BackupRun[] => {
  const follows = following[backup.method];
  const leadsOn = backup.keepsLog && backup.method !== "litestream";
  return [
    ...scheduled(database.name, backup),
    ...(follows ? [follows(database.name)] : []),
    ...(leadsOn ? [logRun(database, backup.recoveryPointObjective)] : []),
  ];
};
