import type { PlannedBackup, PlannedDatabase } from "../../../plan/types.ts";
import { start, unitsOf } from "../parts.ts";
import { commands, type RunbookBlock, text } from "../runbook.ts";
import { chain, following, pathOf, type Step } from "./step.ts";

const clients = { mysql: "mysql", mariadb: "mariadb" } as const;
const client = ({ engine, user }: PlannedDatabase): string =>
  `runuser -u ${user} -- ${clients[engine === "mysql" ? "mysql" : "mariadb"]} --user=${user}`;

export const mysqldump: Step = (database, backup) => [
  commands(
    "restore",
    ...start(database),
    `dump=$(printf '%s\\n' ${pathOf(backup)}/2*-full/all.sql* | tail -n 1)`,
    `case $dump in *.zst) zstd -dc "$dump" ;; *) cat "$dump" ;; esac | ${client(database)}`,
    `systemctl restart ${unitsOf(database)}`,
  ),
];

/** `prepare` changes the files of incremental backups as well, so it works on copies. */
const prepared = ({ name }: PlannedDatabase, backup: PlannedBackup): string =>
  `${pathOf(backup).replace(/\/[^/]*$/, "")}/${name}.prepared`;

/** From FILE and POSITION of a line on; the server that is restored does not log it a second time. */
export const replayed = (database: PlannedDatabase, backup: PlannedBackup, line: string): RunbookBlock[] => {
  if (!backup.keepsLog) return [];
  const reader = database.engine === "mysql" ? "mysqlbinlog" : "mariadb-binlog";
  return [
    text(
      "What was committed after that backup. To a moment: add --stop-datetime='2026-01-31 12:00:00' behind --disable-log-bin.",
    ),
    commands(
      "replay",
      `position=$(${line})`,
      `cd ${pathOf(backup)}/binlog`,
      // The line has the file's name first, then the position.
      "printf '%s\\n' ./* | sed -n \"/${position%%[[:space:]]*}\\$/,\\$p\" |",
      `  xargs ${reader} --disable-log-bin --start-position="$(echo "$position" | awk '{ print $2 }')" |`,
      `  ${client(database)}`,
    ),
  ];
};

export const mariadbBackup: Step = (database, backup) => {
  const scratch = prepared(database, backup);
  return [
    text("Preparing changes the files of the backups, so it works on copies of them, beside the target."),
    commands(
      "prepare",
      ...chain(backup),
      `mkdir ${scratch}`,
      `${following} cp -a --target-directory=${scratch}`,
      `cd ${scratch}`,
      'mariadb-backup --prepare --target-dir="$full"',
      "for incremental in *-incremental; do",
      '  [ ! -e "$incremental" ] || mariadb-backup --prepare --target-dir="$full" --incremental-dir="$incremental"',
      "done",
    ),
    commands(
      "restore",
      `mariadb-backup --defaults-file=/etc/my.cnf --copy-back --target-dir="$(printf '%s\\n' ${scratch}/2*-full)"`,
      `chown -R ${database.user}:${database.group} ${database.mountPoint}`,
      ...start(database),
    ),
    ...replayed(database, backup, `cat "$(printf '%s\\n' ${scratch}/2* | tail -n 1)"/*_binlog_info`),
  ];
};

/** A binary log of the restored server begins anew, under names that the target has already. */
export const begunAnew = ({ engine, name }: PlannedDatabase, backup: PlannedBackup): string[] =>
  backup.keepsLog && (engine === "mysql" || engine === "mariadb")
    ? [
        `mv ${pathOf(backup)}/binlog ${pathOf(backup)}/binlog.before-"$(date +%Y%m%dT%H%M)"`,
        `systemctl start dbtrfs-binlog-${name}`,
      ]
    : [];

export const leftovers = (database: PlannedDatabase, backup: PlannedBackup): string[] =>
  backup.method === "mariadb-backup" ? [`rm -r ${prepared(database, backup)}`] : [];
