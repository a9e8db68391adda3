import { text, untriedCommands } from "../runbook.ts";
import { emptied } from "./emptied.ts";
import { mariadbBackup, mysqldump } from "./innodb.ts";
import { baseBackup, pgbackrest, pgDump } from "./postgresql.ts";
import { sent } from "./sent.ts";
import { served } from "./served.ts";
import type { Step } from "./step.ts";

const litestream: Step = (database) => [
  text("FILE is each database of the directory. To a moment: add -timestamp 2026-01-31T12:00:00Z."),
  untriedCommands(
    "restore",
    "Litestream is not in the lab's guest",
    `runuser -u ${database.user} -- litestream restore ${database.dataDirectory}/FILE`,
  ),
];

const byMethod: Readonly<Record<string, Step>> = {
  pg_dump: pgDump,
  pg_basebackup: baseBackup,
  pgbackrest,
  mysqldump,
  "mariadb-backup": mariadbBackup,
  "btrbk-send": sent,
  litestream,
};

/** Restoring the newest state that a backup leads to, from empty directories to running timers. */
export const backupRestore: Step = (database, backup) => [
  ...emptied(database, backup),
  ...(byMethod[backup.method]?.(database, backup) ?? []),
  ...served(database, backup),
];
