import type { Engine } from "./schema.ts";

/**
 * Where the subvolume of a server is mounted. The data directory lies below it, never at the mount point
 * itself: initdb refuses a directory that holds anything, and a log directory needs a place beside the data.
 */
export const serverMountPoints: Readonly<Record<Exclude<Engine, "sqlite">, string>> = {
  postgresql: "/var/lib/postgresql",
  mysql: "/var/lib/mysql",
  mariadb: "/var/lib/mysql",
};
