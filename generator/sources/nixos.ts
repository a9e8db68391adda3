import type { Source } from "./types.ts";

/** As of the release that a spec means unless it names another. */
const nixpkgs = (title: string, path: string): Source => ({
  title: `NixOS 26.05, ${title}`,
  url: `https://github.com/NixOS/nixpkgs/blob/nixos-26.05/${path}`,
});
const service = (name: string, path: string) => nixpkgs(`services.${name}`, `nixos/modules/services/${path}`);
const nixpkgsIssue = (title: string, number: number): Source => ({
  title: `nixpkgs issue ${number}: ${title}`,
  url: `https://github.com/NixOS/nixpkgs/issues/${number}`,
});
/** Pinned to the revision that was read. */
const disko = (title: string, path: string): Source => ({
  title: `disko, ${title}`,
  url: `https://github.com/nix-community/disko/blob/878ec37d6a8f52c6c801d0e2a2ad554c75b9353c/${path}`,
});
const diskoThread = (kind: "issues" | "pull", number: number, title: string): Source => ({
  title: `disko ${kind === "pull" ? "pull request" : "issue"} ${number}: ${title}`,
  url: `https://github.com/nix-community/disko/${kind}/${number}`,
});
const systemd = (page: string, section: number, title: string): Source => ({
  title: `${page}(${section}), ${title}`,
  url: `https://www.freedesktop.org/software/systemd/man/latest/${page}.html`,
});

/** Where the modules, the partitioning tool and the service manager say what generated Nix relies on. */
export const nixos = {
  postgresql: service("postgresql", "databases/postgresql.nix"),
  postgresqlDataDirMustExist: nixpkgsIssue("a dataDir elsewhere must exist before the start", 511937),
  postgresqlSandbox: nixpkgsIssue("a tablespace outside dataDir is on a read-only filesystem", 395029),
  postgresqlBackup: service("postgresqlBackup", "backup/postgresql-backup.nix"),
  walReceiver: service("postgresqlWalReceiver", "backup/postgresql-wal-receiver.nix"),
  pgbackrest: service("pgbackrest", "backup/pgbackrest.nix"),
  mysql: service("mysql", "databases/mysql.nix"),
  mysqlBackup: service("mysqlBackup", "backup/mysql-backup.nix"),
  sqlitePackage: nixpkgs(
    "the sqlite package and its compile-time options",
    "pkgs/development/libraries/sqlite/default.nix",
  ),
  sqliteOfRelease: {
    title: "nixpkgs pull request 553231: NixOS 26.05 has sqlite 3.51.2, which has the WAL-reset bug",
    url: "https://github.com/NixOS/nixpkgs/pull/553231",
  },
  litestream: service("litestream", "network-filesystems/litestream/default.nix"),

  autoScrub: nixpkgs("services.btrfs.autoScrub", "nixos/modules/tasks/filesystems/btrfs.nix"),
  btrbk: service("btrbk", "backup/btrbk.nix"),
  fileSystems: nixpkgs("fileSystems", "nixos/modules/tasks/filesystems.nix"),
  nodeExporter: service("prometheus.exporters.node", "monitoring/prometheus/exporters/node.nix"),

  diskoBtrfs: disko("type btrfs: subvolumes, no inode flags", "lib/types/btrfs.nix"),
  diskoHooks: disko("the hooks that every type has", "lib/default.nix"),
  diskoDisk: disko("type disk", "lib/types/disk.nix"),
  diskoGpt: disko("type gpt", "lib/types/gpt.nix"),
  diskoLuks: disko("type luks", "lib/types/luks.nix"),
  diskoFilesystem: disko("type filesystem", "lib/types/filesystem.nix"),
  diskoSwap: disko("type swap", "lib/types/swap.nix"),
  diskoFirstMountDecides: diskoThread("issues", 331, "compress is missing on the first mount"),
  diskoNoCowIgnored: diskoThread("issues", 493, "nodatacow on one subvolume is ignored"),
  diskoRemount: diskoThread("pull", 1220, "a remount per subvolume, which changes all of them"),
  diskoGuardrails: diskoThread("pull", 1221, "refuse options that differ between subvolumes"),

  tmpfiles: systemd("tmpfiles.d", 5, "h: file attributes, set at boot"),
  tmpfilesIgnoresFailure: {
    title: "systemd, chattr-util.c: Btrfs can ignore an attribute in silence",
    url: "https://github.com/systemd/systemd/blob/main/src/basic/chattr-util.c",
  },
  requiresMountsFor: systemd("systemd.unit", 5, "RequiresMountsFor="),
  readWritePaths: systemd("systemd.exec", 5, "ReadWritePaths= and ProtectSystem="),
  nofail: systemd("systemd.mount", 5, "nofail: not ordered before local-fs.target"),
} as const satisfies Record<string, Source>;
