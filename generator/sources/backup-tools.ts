import type { Source } from "./types.ts";

/** Backup tools that nixpkgs packages without a module. */
export const backupTools = {
  mariadbBackup: {
    title: "MariaDB, mariadb-backup overview",
    url: "https://mariadb.com/docs/server/server-usage/backup-and-restore/mariadb-backup",
  },
  xtrabackup: { title: "Percona XtraBackup", url: "https://docs.percona.com/percona-xtrabackup/8.4/" },
} as const satisfies Record<string, Source>;
