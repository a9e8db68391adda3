import type { PlannedDatabase } from "../../../plan/types.ts";
import { backupOf } from "../../report/safety-losses.ts";
import { snapshotRestore } from "../../report/snapshot-restore.ts";
import { aboutBackupRestore } from "../../report/texts.ts";
import { section } from "../parts.ts";
import { type Runbook, type RunbookBlock, text, untriedCommands } from "../runbook.ts";
import { backupRestore } from "./backup-restore.ts";

const untried =
  "names a moment of the owner's; the runbooks of recovery, which a scenario follows, call it with one";

const runbook = (id: string, title: string, blocks: readonly RunbookBlock[]): Runbook => ({
  id,
  title,
  sections: [section(undefined, ...blocks)],
});

const fromSnapshot = (database: PlannedDatabase): Runbook[] => {
  const view = snapshotRestore(database);
  if (view === undefined) return [];
  const blocks = [text(view.about), untriedCommands("restore", untried, view.commands)];
  return [runbook(`restore-${database.name}-snapshot`, `Restore ${database.name} from a snapshot`, blocks)];
};

const fromBackup = (database: PlannedDatabase): Runbook[] => {
  const backup = backupOf(database);
  if (backup === null) return [];
  const blocks = [text(aboutBackupRestore), ...backupRestore(database, backup)];
  return [runbook(`restore-${database.name}-backup`, `Restore ${database.name} from its backup`, blocks)];
};

/** Restoring a database: from a snapshot and from its backup, where it has them. */
export const restoreRunbooks = (database: PlannedDatabase): Runbook[] => [
  ...fromSnapshot(database),
  ...fromBackup(database),
];
