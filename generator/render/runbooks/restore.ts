import type { PlannedDatabase } from "../../plan/types.ts";
import { backupView } from "../report/backup-view.ts";
import { snapshotRestore } from "../report/snapshot-restore.ts";
import type { CommandsView } from "../report/view.ts";
import { type Runbook, text, untriedCommands } from "./runbook.ts";

const untried = "names a moment or a backup of the owner's; scenarios of restores run it with one of theirs";

const restore = (id: string, title: string, view: CommandsView | undefined): Runbook[] =>
  view === undefined
    ? []
    : [
        {
          id,
          title,
          sections: [
            {
              title: undefined,
              blocks: [text(view.about), untriedCommands("restore", untried, view.commands)],
            },
          ],
        },
      ];

/** Restoring a database: from a snapshot and from its backup, where it has them. */
export const restoreRunbooks = (database: PlannedDatabase): Runbook[] => [
  ...restore(
    `restore-${database.name}-snapshot`,
    `Restore ${database.name} from a snapshot`,
    snapshotRestore(database),
  ),
  ...restore(
    `restore-${database.name}-backup`,
    `Restore ${database.name} from its backup`,
    backupView(database)?.restore,
  ),
];
