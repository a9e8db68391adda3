import type { PlannedBackup, PlannedDatabase } from "../../plan/types.ts";
import { parseBackupTarget } from "../../spec/backup-target.ts";

type Commands = (database: PlannedDatabase, backup: PlannedBackup) => readonly string[];

/** Directories stay: they have the flags, and what is written into them takes these on. */
const emptied = (database: PlannedDatabase): string[] => [
  `systemctl stop ${database.units.join(" ")}`,
  "# Once nothing in it is needed any more:",
  ...database.directories
    .filter((d) => d.component !== "subvolume")
    .map((d) => `find ${d.path} -mindepth 1 -delete`),
];

const started = (database: PlannedDatabase): string => `systemctl start ${database.units.join(" ")}`;

const pathOf = (backup: PlannedBackup): string => parseBackupTarget(backup.target).path;

const logOf = (database: PlannedDatabase): string | null => {
  const prepared = database.directories.find((d) => d.component === "log")?.path;
  return prepared === undefined ? null : `${prepared}/${database.dataDirectory.split("/").at(-1)}`;
};

const pgbackrest: Commands = (database) => {
  const log = logOf(database);
  const link = log === null ? "" : ` --link-map=pg_wal=${log}`;
  return [
    ...emptied(database),
    "# To a moment: add --type=time --target='2026-01-31 12:00:00+00' --target-action=promote",
    `sudo -u postgres pgbackrest --stanza=default${link} restore`,
    started(database),
  ];
};

const baseBackup: Commands = (database, backup) => {
  const log = logOf(database);
  const data = database.dataDirectory;
  const linked = [
    `install -d -o postgres -g postgres -m 0700 ${log}`,
    `cp -a --reflink=never ${data}/pg_wal/. ${log}/ && rm -r ${data}/pg_wal && ln -s ${log} ${data}/pg_wal`,
  ];
  return [
    ...emptied(database),
    "# A full backup and the incremental ones that follow it; those up to a full one are not named.",
    `cd ${pathOf(backup)} && sudo -u postgres pg_combinebackup --output=${data} STAMP-full STAMP-incremental …`,
    ...(log === null ? [] : linked),
    started(database),
  ];
};

const pgDump: Commands = (database, backup) => [
  ...emptied(database),
  started(database),
  `zstd -dc ${pathOf(backup)}/all.sql.zstd | sudo -u postgres psql --dbname=postgres`,
];

const mysqldump: Commands = (database, backup) => [
  ...emptied(database),
  started(database),
  `zstd -dc ${pathOf(backup)}/STAMP-full/all.sql.zst | sudo -u mysql mysql --user=mysql`,
  `systemctl restart ${database.units.join(" ")}`,
];

const replay = (program: string, backup: PlannedBackup): string[] =>
  backup.keepsLog
    ? [
        `# FILE and POSITION from there; to a moment: add --stop-datetime='2026-01-31 12:00:00'. Name FILE and all after it.`,
        `cd ${pathOf(backup)}/binlog && ${program} --disable-log-bin --start-position=POSITION FILE … | sudo -u mysql mysql --user=mysql`,
        "# The server begins another log now, under the same names; then make a full backup.",
        `mv ${pathOf(backup)}/binlog ${pathOf(backup)}/binlog.before`,
      ]
    : [];

const mariadbBackup: Commands = (database, backup) => [
  "# Preparing changes the files, so on copies: of a full backup and the incremental ones that follow it, in order.",
  `cp -a ${pathOf(backup)}/STAMP-full ${pathOf(backup)}/STAMP-incremental … /var/tmp/`,
  "mariadb-backup --prepare --target-dir=/var/tmp/STAMP-full",
  "mariadb-backup --prepare --target-dir=/var/tmp/STAMP-full --incremental-dir=/var/tmp/STAMP-incremental",
  ...emptied(database),
  "mariadb-backup --defaults-file=/etc/my.cnf --copy-back --target-dir=/var/tmp/STAMP-full",
  `chown -R mysql:mysql ${database.mountPoint}`,
  started(database),
  ...(backup.keepsLog ? ["cat /var/tmp/STAMP-incremental/mariadb_backup_binlog_info"] : []),
  ...replay("mariadb-binlog", backup),
];

const received = (backup: PlannedBackup): string =>
  parseBackupTarget(backup.target).kind === "ssh" ? "/mnt/received" : pathOf(backup);

const send: Commands = (database, backup) => {
  const from = received(backup);
  const target = parseBackupTarget(backup.target);
  const fetched =
    target.kind === "ssh"
      ? [
          "# Onto any Btrfs filesystem here with room for it, or read from a network mount of the other host:",
          `ssh root@${target.host} btrfs send ${target.path}/${database.name}.STAMP | btrfs receive ${from}`,
        ]
      : [];
  const isInnodb = database.engine === "mysql" || database.engine === "mariadb";
  return [
    ...fetched,
    ...emptied(database),
    "# What was received has lost +C: a copy takes on the flags of the directories, a reflink would be refused.",
    `cp -a --reflink=never ${from}/${database.name}.STAMP/. ${database.mountPoint}/`,
    ...(database.engine === "mysql" ? [`rm -f ${database.dataDirectory}/auto.cnf`] : []),
    started(database),
    ...(isInnodb && backup.keepsLog
      ? [`grep '^binlog=' ${from}/${database.name}.STAMP/.dbtrfs-snapshot`]
      : []),
    ...replay(database.engine === "mysql" ? "mysqlbinlog" : "mariadb-binlog", backup),
  ];
};

const litestream: Commands = (database) => [
  `systemctl stop litestream ${database.units.join(" ")}`.trimEnd(),
  "# Once the old one is moved away; to a moment: add -timestamp 2026-01-31T12:00:00Z",
  `sudo -u ${database.user} litestream restore ${database.dataDirectory}/FILE.db`,
  `systemctl start litestream ${database.units.join(" ")}`.trimEnd(),
];

const byMethod: Readonly<Record<string, Commands>> = {
  pg_dump: pgDump,
  pg_basebackup: baseBackup,
  pgbackrest,
  mysqldump,
  "mariadb-backup": mariadbBackup,
  "btrbk-send": send,
  litestream,
};

/** Where a name has to be filled in it is in capitals. */
export const restoreCommands: Commands = (database, backup) =>
  byMethod[backup.method]?.(database, backup) ?? [];
