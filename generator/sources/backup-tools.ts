import type { Source } from "./types.ts";

/** Backup tools that nixpkgs packages without a module, and what modules leave to the tool. */
export const backupTools = {
  btrbkTarget: {
    title: "btrbk.conf(5), target_preserve",
    url: "https://digint.ch/btrbk/doc/btrbk.conf.5.html",
  },
  litestreamDirectory: {
    title: "Litestream, Replicating Directories",
    url: "https://litestream.io/guides/directory/",
  },
  mariadbBackup: {
    title: "MariaDB, mariadb-backup overview",
    url: "https://mariadb.com/docs/server/server-usage/backup-and-restore/mariadb-backup",
  },
  xtrabackup: { title: "Percona XtraBackup", url: "https://docs.percona.com/percona-xtrabackup/8.4/" },
} as const satisfies Record<string, Source>;
