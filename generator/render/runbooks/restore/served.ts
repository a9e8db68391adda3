import type { PlannedBackup, PlannedDatabase } from "../../../plan/types.ts";
import { backupRuns } from "../../report/backup-runs.ts";
import { engineCommands } from "../engine-commands.ts";
import { start } from "../parts.ts";
import { commands, text } from "../runbook.ts";
import { timersOf } from "./emptied.ts";
import { begunAnew, leftovers } from "./innodb.ts";
import type { Step } from "./step.ts";

/** The next backup: a full one, or the snapshot that is sent once it is taken. */
const firstRun = (database: PlannedDatabase, backup: PlannedBackup): string[] => {
  if (backup.method === "litestream") return ["systemctl start litestream"];
  if (backup.method === "btrbk-send") return [`systemctl start dbtrfs-snapshot-${database.name}`];
  const runs = backupRuns(database, backup).filter(({ when }) => when.by === "calendar");
  return runs.slice(0, 1).map(({ unit }) => `systemctl start ${unit}`);
};

/** PostgreSQL answers while it still recovers; others answer once they have. */
const recovered = (database: PlannedDatabase): string[] =>
  database.engine === "postgresql"
    ? [
        `timeout 3600 sh -c 'until runuser -u ${database.user} -- psql --no-align --tuples-only --command="SELECT pg_is_in_recovery()" postgres 2>/dev/null | grep -qx f; do sleep 1; done'`,
      ]
    : [];

export const served: Step = (database, backup) => {
  const timers = timersOf(database, backup);
  return [
    text(
      "Start it, and let it check everything. The first query that you know the answer of says more than any check.",
    ),
    commands(
      "start",
      ...start(database),
      ...recovered(database),
      ...engineCommands(database).check(database),
    ),
    text("Back up what is there now, and let the timers run again:"),
    commands(
      "resume",
      ...begunAnew(database, backup),
      ...firstRun(database, backup),
      ...leftovers(database, backup),
      ...(timers.length === 0 ? [] : [`systemctl start ${timers.join(" ")}`]),
    ),
  ];
};
