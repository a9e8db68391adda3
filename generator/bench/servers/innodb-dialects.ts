import { find } from "./programs.ts";

/** What the two servers call the same. */
export interface Dialect {
  readonly engine: "mysql" | "mariadb";
  readonly server: string;
  readonly client: string;
  initialise(basics: readonly string[]): Promise<string[]>;
  readonly settings: Readonly<Record<string, string | number>>;
  /** Without being told to. */
  readonly writesBinlog: boolean;
  /** What holds commits back while a snapshot is taken, and what lets them go (modules/snapshot). */
  readonly lock: string;
  readonly unlock: string;
}

export const mariadbDialect: Dialect = {
  engine: "mariadb",
  server: "mariadbd",
  client: "mariadb",
  initialise: async (basics) => [
    await find("mariadb-install-db", "install MariaDB's server"),
    ...basics,
    "--skip-test-db",
    "--auth-root-authentication-method=normal",
  ],
  // So much log that pages are flushed all through a window.
  settings: { innodb_log_file_size: "128M" },
  writesBinlog: false,
  lock: "BACKUP STAGE START; BACKUP STAGE FLUSH; BACKUP STAGE BLOCK_DDL; BACKUP STAGE BLOCK_COMMIT;",
  unlock: "BACKUP STAGE END;",
};

export const mysqlDialect: Dialect = {
  engine: "mysql",
  server: "mysqld",
  client: "mysql",
  initialise: async (basics) => [
    await find("mysqld", "install MySQL's server"),
    ...basics,
    "--initialize-insecure",
  ],
  // A distribution's default folder for files need not be there.
  settings: { innodb_redo_log_capacity: "128M", mysqlx: "OFF", secure_file_priv: "NULL" },
  writesBinlog: true,
  lock: "FLUSH TABLES WITH READ LOCK;",
  unlock: "UNLOCK TABLES;",
};
