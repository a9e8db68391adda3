import type { PlannedBackup, PlannedDatabase } from "../../../plan/types.ts";
import { parseBackupTarget } from "../../../spec/backup-target.ts";
import type { RunbookBlock } from "../runbook.ts";

/** Blocks of a restore, of a database from its backup. */
export type Step = (database: PlannedDatabase, backup: PlannedBackup) => RunbookBlock[];

export const pathOf = ({ target }: PlannedBackup): string => parseBackupTarget(target).path;

/** The names sort by time: the newest full backup, and the incremental ones that follow it. */
export const chain = (backup: PlannedBackup): string[] => [
  `cd ${pathOf(backup)}`,
  "full=$(printf '%s\\n' 2*-full | tail -n 1)",
];
export const following = `printf '%s\\n' 2* | sed -n "/^$full\\$/,\\$p" | xargs`;
