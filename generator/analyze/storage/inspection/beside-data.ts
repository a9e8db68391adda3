/** What lies in data directories and holds no tables: names within the directory, and what they are. */
const besideData: readonly (readonly [RegExp, string])[] = [
  [/\.(conf|cnf|ini|pid|opts|pem|crt|key|sock)$/, "configuration, certificates, marks of the process"],
  [/\.(log|err|csv|json|sql|bak|old|core)$/, "logs for people, dumps"],
  [
    /(^|\/)(log|pg_log|pg_stat|pg_stat_tmp|pg_replslot|pg_notify)\//,
    "PostgreSQL's logs for people, and statistics",
  ],
  [/(^|\/)pg_wal\//, "PostgreSQL's write-ahead log"],
  [/(^|\/)(base\/)?pgsql_tmp/, "PostgreSQL's temporary files"],
  [/(^|\/)(ib_logfile\d+|#innodb_redo\/.*|undo_?\d+|.*\.dblwr|ibtmp\d+|#innodb_temp\/.*)$/, "InnoDB's own"],
  [/(^|\/)aria_log/, "Aria's log"],
  [/(-bin|^binlog|\/binlog|relay)[^/]*\.(\d{6}|index|state)$/, "binary and relay logs"],
  [/-(wal|shm|journal)$/, "what SQLite keeps beside a database"],
];

/** @param name relative to the directory that was asked for */
export const holdsNoTables = (name: string): boolean => besideData.some(([pattern]) => pattern.test(name));
