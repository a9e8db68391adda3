import { factsOf } from "../../engines/index.ts";
import type { EngineFacts } from "../../engines/types.ts";
import type { PlannedDatabase } from "../../plan/types.ts";
import { copyOf, inCopy } from "./parts.ts";

type Lines = (database: PlannedDatabase) => string[];

/** What recovery asks of an engine, as shell commands for root; DATABASE, TABLE and FILE are the reader's to fill in. */
interface EngineCommands {
  /** The engine's own check of everything. It says what is damaged, and fails then. */
  readonly check: Lines;
  /** A second server on the copy beside the database, on a socket of its own. */
  readonly startCopy: Lines;
  /** A table from that copy into the database, in place of the one that is there. */
  readonly copyTable: Lines;
  readonly stopCopy: Lines;
}

const unit = ({ name }: PlannedDatabase): string => `restored-${name}`;
const socketFolder = (database: PlannedDatabase): string => `/run/${unit(database)}`;
const as = ({ user }: PlannedDatabase): string => `runuser -u ${user} --`;

const transient = (database: PlannedDatabase, command: readonly string[]): string[] => [
  `systemd-run --quiet --unit=${unit(database)} --property=User=${database.user} --property=Group=${database.group} \\`,
  `  --property=RuntimeDirectory=${unit(database)} ${command.join(" \\\n  ")}`,
];

/** Recovery of the copy has happened already, when it was checked. */
const answering = (command: string): string =>
  `timeout 300 sh -c 'until ${command} >/dev/null 2>&1; do sleep 1; done'`;

const deleteCopy: Lines = (database) => [`btrfs subvolume delete ${copyOf(database)}`];
const stopServer: Lines = (database) => [`systemctl stop ${unit(database)}`, ...deleteCopy(database)];

const setting = ({ settings }: PlannedDatabase, name: string): string | undefined => {
  const found = settings.find((one) => one.name === name);
  return found === undefined ? undefined : String(found.value);
};

const portOf = (database: PlannedDatabase): string => setting(database, "port") ?? "5432";

const postgresql: EngineCommands = {
  check: (database) => [
    `${as(database)} pg_amcheck --port=${portOf(database)} --all --install-missing --heapallindexed`,
  ],
  startCopy: (database) => [
    ...transient(database, [
      '"$(command -v postgres)"',
      `-D ${inCopy(database, database.dataDirectory)}`,
      `-c listen_addresses= -c unix_socket_directories=${socketFolder(database)} -c port=5432`,
      "-c shared_buffers=128MB -c huge_pages=off -c archive_mode=off",
    ]),
    answering(`${as(database)} pg_isready --host=${socketFolder(database)} --port=5432`),
  ],
  copyTable: (database) => [
    `${as(database)} pg_dump --host=${socketFolder(database)} --port=5432 --clean --if-exists --table=TABLE DATABASE |`,
    `  ${as(database)} psql --port=${portOf(database)} --quiet --single-transaction --set=ON_ERROR_STOP=1 DATABASE`,
  ],
  stopCopy: stopServer,
};

/** MariaDB's old names for its programs are missing where its package keeps none of them. */
const programs = {
  mysql: {
    client: "mysql",
    // With its GTIDs a server that has executed them refuses the dump, and 9.7 has them on.
    dump: "mysqldump --no-defaults --set-gtid-purged=OFF",
    check: "mysqlcheck",
    skip: "--skip-replica-start --mysqlx=OFF",
  },
  mariadb: {
    client: "mariadb",
    dump: "mariadb-dump --no-defaults",
    check: "mariadb-check",
    skip: "--skip-slave-start",
  },
} as const;

const programsOf = ({ engine }: PlannedDatabase) => programs[engine === "mysql" ? "mysql" : "mariadb"];

/** my.cnf names the directories of the running server, so each is said anew (runtime/dbtrfs/restore/innodb_files.py). */
const places = (database: PlannedDatabase): string[] => {
  const redo = setting(database, "innodb_log_group_home_dir");
  const binlog = setting(database, "log_bin");
  return [
    `--datadir=${inCopy(database, database.dataDirectory)}`,
    ...(redo === undefined ? [] : [`--innodb-log-group-home-dir=${inCopy(database, redo)}`]),
    ...(binlog?.startsWith("/") ? [`--log-bin=${inCopy(database, binlog)}`] : []),
  ];
};

const copySocket = (database: PlannedDatabase): string => `${socketFolder(database)}/socket`;

const innodb: EngineCommands = {
  // Its status does not tell (client/check/mysqlcheck.cc); notes are on tables of other storage engines.
  check: (database) => [
    `${as(database)} ${programsOf(database).check} --user=${database.user} --all-databases --extended |`,
    "  awk '/^(error|warning) / { print table; print; bad = 1 } { table = $0 } END { exit bad }'",
  ],
  startCopy: (database) => [
    ...transient(database, [
      '"$(command -v mysqld)" --defaults-file=/etc/my.cnf',
      '"--basedir=$(dirname "$(dirname "$(realpath "$(command -v mysqld)")")")"',
      ...places(database),
      `--socket=${copySocket(database)} --pid-file=${socketFolder(database)}/pid`,
      `--log-error=${socketFolder(database)}/log --skip-networking --event-scheduler=OFF`,
      `--innodb-buffer-pool-size=128M ${programsOf(database).skip}`,
    ]),
    answering(
      `${as(database)} ${programsOf(database).client} --no-defaults --socket=${copySocket(database)} --user=${database.user} --execute="SELECT 1"`,
    ),
  ],
  copyTable: (database) => {
    const { client, dump } = programsOf(database);
    return [
      `${as(database)} ${dump} --socket=${copySocket(database)} --user=${database.user} DATABASE TABLE |`,
      `  ${as(database)} ${client} --user=${database.user} DATABASE`,
    ];
  },
  stopCopy: stopServer,
};

const sqlite: EngineCommands = {
  check: (database) => [
    `grep --recursive --files-with-matches --text --max-count=1 '^SQLite format 3' ${database.mountPoint} \\`,
    "  --exclude='*-wal' --exclude='*-shm' --exclude='*-journal' --exclude-dir=.dbtrfs | while read -r file; do",
    `    answer=$(${as(database)} sqlite3 "$file" 'PRAGMA integrity_check;' 2>&1) || true`,
    '    echo "$file: $answer"; [ "$answer" = ok ] || exit 1',
    "  done",
  ],
  startCopy: () => [],
  copyTable: (database) => [
    `${as(database)} sqlite3 ${inCopy(database, database.dataDirectory)}/FILE '.dump TABLE' |`,
    `  ${as(database)} sqlite3 -bail -cmd '.timeout 60000' ${database.dataDirectory}/FILE`,
  ],
  stopCopy: deleteCopy,
};

const byFamily: Readonly<Record<EngineFacts["family"], EngineCommands>> = { postgresql, innodb, sqlite };

export const engineCommands = (database: PlannedDatabase): EngineCommands =>
  byFamily[factsOf(database.engine).family];

/** Words of the reader's in a copied table. */
export const toFillIn = ({ engine }: PlannedDatabase): string =>
  engine === "sqlite" ? "FILE and TABLE" : "DATABASE and TABLE";
