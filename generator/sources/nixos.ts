import type { Source } from "./types.ts";

/** As of the release that a spec means unless it names another. */
const nixpkgs = (title: string, path: string): Source => ({
  title: `NixOS 26.05, ${title}`,
  url: `https://github.com/NixOS/nixpkgs/blob/nixos-26.05/${path}`,
});
const service = (name: string, path: string) => nixpkgs(`services.${name}`, `nixos/modules/services/${path}`);
const systemd = (page: string, section: number, title: string): Source => ({
  title: `${page}(${section}), ${title}`,
  url: `https://www.freedesktop.org/software/systemd/man/latest/${page}.html`,
});

/** Where the modules, the partitioning tool and the service manager say what generated Nix relies on. */
export const nixos = {
  postgresqlBackup: service("postgresqlBackup", "backup/postgresql-backup.nix"),
  pgbackrest: service("pgbackrest", "backup/pgbackrest.nix"),
  mysqlBackup: service("mysqlBackup", "backup/mysql-backup.nix"),
  sqlitePackage: nixpkgs(
    "the sqlite package and its compile-time options",
    "pkgs/development/libraries/sqlite/default.nix",
  ),
  sqliteOfRelease: {
    title: "nixpkgs pull request 553231: NixOS 26.05 has sqlite 3.51.2, which has the WAL-reset bug",
    url: "https://github.com/NixOS/nixpkgs/pull/553231",
  },
  xtrabackupPackage: nixpkgs(
    "the percona-xtrabackup package",
    "pkgs/tools/backup/percona-xtrabackup/8_4.nix",
  ),
  litestream: service("litestream", "network-filesystems/litestream/default.nix"),

  patroni: service("patroni", "cluster/patroni/default.nix"),
  mysql: service("mysql", "databases/mysql.nix"),

  autoScrub: nixpkgs("services.btrfs.autoScrub", "nixos/modules/tasks/filesystems/btrfs.nix"),
  btrbk: service("btrbk", "backup/btrbk.nix"),
  nofail: systemd("systemd.mount", 5, "nofail: not ordered before local-fs.target"),
} as const satisfies Record<string, Source>;
