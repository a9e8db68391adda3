import type { PlannedBackup, PlannedDatabase } from "../../plan/types.ts";
import { parseBackupTarget } from "../../spec/backup-target.ts";
import { backupRuns } from "../report/backup-runs.ts";
import { engineCommands } from "./engine-commands.ts";
import { start, unitsOf } from "./recovery-parts.ts";
import { commands, type RunbookBlock, text, untriedCommands } from "./runbook.ts";

type Step = (database: PlannedDatabase, backup: PlannedBackup) => RunbookBlock[];

const pathOf = ({ target }: PlannedBackup): string => parseBackupTarget(target).path;
const kindOf = ({ target }: PlannedBackup) => parseBackupTarget(target).kind;

/** Timers that would take an empty database for the present one, and thin out what was taken before. */
const timersOf = (database: PlannedDatabase, backup: PlannedBackup | null): string[] => [
  ...(database.snapshots === null
    ? []
    : [`dbtrfs-snapshot-${database.name}.timer`, `dbtrfs-drill-${database.name}.timer`]),
  ...(backup === null ? [] : backupRuns(database, backup))
    .filter(({ when, unit }) => when.by === "calendar" || unit.startsWith("dbtrfs-binlog-"))
    .map(({ unit }) => `${unit}.timer`),
];

/** A planned directory below another one stays as well. */
const cleared = (path: string, paths: readonly string[]): string => {
  const kept = paths.filter((one) => one.startsWith(`${path}/`));
  return [
    "find",
    path,
    "-mindepth 1",
    ...kept.map((one) => `! -path ${one} ! -path '${one}/*'`),
    "-delete",
  ].join(" ");
};

/** Directories stay: they have the flags, and what is written into them takes these on. */
const emptied: Step = (database, backup) => {
  const timers = timersOf(database, backup);
  const paths = database.directories
    .filter(({ component }) => component !== "subvolume")
    .map(({ path }) => path);
  const ships = backup.method === "litestream" ? ["systemctl stop litestream"] : [];
  return [
    text(
      "Nothing may take the empty database for the present one: where it was backed up already, move that away, for the newest is taken below. What is in the directories is deleted.",
    ),
    commands(
      "empty",
      ...(timers.length === 0 ? [] : [`systemctl stop ${timers.join(" ")}`]),
      ...ships,
      ...(database.units.length === 0 ? [] : [`systemctl stop ${unitsOf(database)}`]),
      ...paths.map((path) => cleared(path, paths)),
    ),
  ];
};

const logOf = (database: PlannedDatabase): string | null => {
  const prepared = database.directories.find(({ component }) => component === "log")?.path;
  return prepared === undefined ? null : `${prepared}/${database.dataDirectory.split("/").at(-1)}`;
};

const untriedBucket = "restores from a bucket, for which the lab has no server";
const untriedHost = "restores from another host with its key; the lab's receiving host is the machine itself";

const pgbackrest: Step = (database, backup) => {
  const log = logOf(database);
  const link = log === null ? "" : ` --link-map=pg_wal=${log}`;
  const command = `pgbackrest --stanza=default${link} restore`;
  const about = text(
    "It brings back all that was archived. To a moment: add --type=time --target='2026-01-31 12:00:00+00' --target-action=promote.",
  );
  if (kindOf(backup) === "s3")
    return [
      about,
      untriedCommands(
        "restore",
        untriedBucket,
        "# The keys are for root alone to read.",
        `systemd-run --pipe --wait --property=User=${database.user} --property=EnvironmentFile=/var/lib/dbtrfs/secrets/${database.name}.env \\`,
        `  ${command.replace("pgbackrest", '"$(command -v pgbackrest)"')}`,
      ),
    ];
  return [about, commands("restore", `runuser -u ${database.user} -- ${command}`)];
};

/** The names sort by time: the newest full backup, and the incremental ones that follow it. */
const chain = (backup: PlannedBackup): string[] => [
  `cd ${pathOf(backup)}`,
  "full=$(printf '%s\\n' 2*-full | tail -n 1)",
];
const following = `printf '%s\\n' 2* | sed -n "/^$full\\$/,\\$p" | xargs`;

const baseBackup: Step = (database, backup) => {
  const { dataDirectory: data, user } = database;
  const log = logOf(database);
  const linked =
    log === null
      ? []
      : [
          `install -d -o ${user} -g ${database.group} -m 0700 ${log}`,
          `cp -a --reflink=never ${data}/pg_wal/. ${log}/ && rm -r ${data}/pg_wal && ln -s ${log} ${data}/pg_wal`,
        ];
  return [
    commands(
      "restore",
      ...chain(backup),
      `${following} runuser -u ${user} -- pg_combinebackup --output=${data}`,
      ...linked,
    ),
  ];
};

const pgDump: Step = (database, backup) => [
  text(
    "The server makes itself an empty cluster first. A message that a role exists already is as it should be.",
  ),
  commands(
    "restore",
    ...start(database),
    `zstd -dc ${pathOf(backup)}/all.sql.zstd | runuser -u ${database.user} -- psql --quiet --dbname=postgres`,
  ),
];

const clients = { mysql: "mysql", mariadb: "mariadb" } as const;
const client = ({ engine, user }: PlannedDatabase): string =>
  `runuser -u ${user} -- ${clients[engine === "mysql" ? "mysql" : "mariadb"]} --user=${user}`;

const mysqldump: Step = (database, backup) => [
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
const replayed = (database: PlannedDatabase, backup: PlannedBackup, line: string): RunbookBlock[] => {
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

const mariadbBackup: Step = (database, backup) => {
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

/** A blank first, so that no number of another run is part of the name. */
const newest = (from: string, { name }: PlannedDatabase): string =>
  `$(printf '%s\\n' ${from}/${name}.2* | sort | tail -n 1)`;

const sent: Step = (database, backup) => {
  const target = parseBackupTarget(backup.target);
  const from = target.kind === "ssh" ? "/mnt/received" : target.path;
  const fetched =
    target.kind === "ssh"
      ? [
          text(`${from} stands for any Btrfs filesystem here with room for it.`),
          untriedCommands(
            "fetch",
            untriedHost,
            `newest=$(ssh root@${target.host} 'ls -d ${target.path}/${database.name}.2*' | sort | tail -n 1)`,
            `ssh root@${target.host} btrfs send "$newest" | btrfs receive ${from}`,
          ),
        ]
      : [];
  const make =
    target.kind === "ssh"
      ? (id: string, ...lines: string[]) => untriedCommands(id, untriedHost, ...lines)
      : commands;
  const isInnodb = database.engine === "mysql" || database.engine === "mariadb";
  return [
    ...fetched,
    text(
      "What was received has lost +C: a copy takes on the flags of the directories, a reflink would be refused.",
    ),
    make(
      "restore",
      `cp -a --reflink=never "${newest(from, database)}"/. ${database.mountPoint}/`,
      ...(database.engine === "mysql" ? [`rm -f ${database.dataDirectory}/auto.cnf`] : []),
      ...(isInnodb ? start(database) : []),
    ),
    ...(isInnodb
      ? replayed(database, backup, `sed -n 's/^binlog=//p' "${newest(from, database)}"/.dbtrfs-snapshot`)
      : []),
  ];
};

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

/** A binary log of the restored server begins anew, under names that the target has already. */
const begunAnew = ({ engine, name }: PlannedDatabase, backup: PlannedBackup): string[] =>
  backup.keepsLog && (engine === "mysql" || engine === "mariadb")
    ? [
        `mv ${pathOf(backup)}/binlog ${pathOf(backup)}/binlog.before-"$(date +%Y%m%dT%H%M)"`,
        `systemctl start dbtrfs-binlog-${name}`,
      ]
    : [];

/** The next backup: a full one, or the snapshot that is sent once it is taken. */
const firstRun = (database: PlannedDatabase, backup: PlannedBackup): string[] => {
  if (backup.method === "litestream") return ["systemctl start litestream"];
  if (backup.method === "btrbk-send") return [`systemctl start dbtrfs-snapshot-${database.name}`];
  const runs = backupRuns(database, backup).filter(({ when }) => when.by === "calendar");
  return runs.slice(0, 1).map(({ unit }) => `systemctl start ${unit}`);
};

const leftovers = (database: PlannedDatabase, backup: PlannedBackup): string[] =>
  backup.method === "mariadb-backup" ? [`rm -r ${prepared(database, backup)}`] : [];

/** PostgreSQL answers while it still recovers; others answer once they have. */
const recovered = (database: PlannedDatabase): string[] =>
  database.engine === "postgresql"
    ? [
        `timeout 3600 sh -c 'until runuser -u ${database.user} -- psql --no-align --tuples-only --command="SELECT pg_is_in_recovery()" postgres 2>/dev/null | grep -qx f; do sleep 1; done'`,
      ]
    : [];

const served: Step = (database, backup) => {
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

/** Restoring the newest state that a backup leads to, from empty directories to running timers. */
export const backupRestore: Step = (database, backup) => [
  ...emptied(database, backup),
  ...(byMethod[backup.method]?.(database, backup) ?? []),
  ...served(database, backup),
];
