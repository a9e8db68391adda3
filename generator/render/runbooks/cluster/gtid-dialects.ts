/** How MySQL and MariaDB say the same of a replica. */
export interface GtidDialect {
  readonly client: string;
  /** No identifier is left of what happened on this member, and it can be written to. */
  readonly forget: string;
  /** Prints the whole server with the identifiers that it holds. */
  readonly dump: string;
  /** Options of the client that reads a dump: nothing of it gets an identifier of this member. */
  readonly load: string;
  readonly follow: (address: string) => string;
  readonly status: string;
  /** How the status says that nothing is left to apply. */
  readonly applied: string;
  readonly promote: string;
}

export const dialects: Readonly<Record<"mysql" | "mariadb", GtidDialect>> = {
  mysql: {
    client: "mysql --user=mysql",
    forget: "STOP REPLICA; SET GLOBAL super_read_only = OFF; RESET BINARY LOGS AND GTIDS",
    dump: "mysqldump --user=mysql --single-transaction --all-databases --triggers --routines --events --flush-privileges --set-gtid-purged=ON",
    // The dump itself turns the log off.
    load: "",
    follow: (address) =>
      `CHANGE REPLICATION SOURCE TO SOURCE_HOST = '${address}', SOURCE_USER = 'replicator', SOURCE_PASSWORD = 'SECRET', SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1; START REPLICA; SET GLOBAL super_read_only = ON`,
    status: "SHOW REPLICA STATUS",
    applied:
      "Replica_SQL_Running_State says that all relay log was read, and Executed_Gtid_Set holds all of Retrieved_Gtid_Set",
    promote: "STOP REPLICA; RESET REPLICA ALL; SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF",
  },
  mariadb: {
    client: "mariadb --user=mysql",
    forget: "STOP SLAVE; RESET MASTER; SET GLOBAL gtid_slave_pos = ''",
    dump: "mariadb-dump --user=mysql --single-transaction --all-databases --triggers --routines --events --flush-privileges --master-data=1 --gtid",
    load: "--init-command='SET sql_log_bin = 0'",
    follow: (address) =>
      `CHANGE MASTER TO MASTER_HOST = '${address}', MASTER_USER = 'replicator', MASTER_PASSWORD = 'SECRET', MASTER_USE_GTID = slave_pos; START SLAVE`,
    status: "SHOW SLAVE STATUS",
    applied: "Slave_SQL_Running_State says that all relay log was read",
    promote: "STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only = OFF",
  },
};
