import type { Source } from "./types.ts";

const manual = (page: string, title: string): Source => ({
  title: `PostgreSQL manual: ${title}`,
  url: `https://www.postgresql.org/docs/current/${page}`,
});

const releaseNotes = (release: string): Source => ({
  title: `PostgreSQL ${release} release notes`,
  url: `https://www.postgresql.org/docs/${release.split(".")[0]}/release-${release.replace(".", "-")}.html`,
});

/** Where the facts on PostgreSQL were read. */
export const postgresqlSources = {
  backupApi: manual("continuous-archiving.html", "Continuous Archiving and Point-in-Time Recovery"),
  checksums: manual("checksums.html", "Data Checksums"),
  connectionSettings: manual("runtime-config-connection.html", "Connections and Authentication"),
  creatingCluster: manual("creating-cluster.html", "Creating a Database Cluster"),
  fileBackup: manual("backup-file.html", "File System Level Backup"),
  fileLayout: manual("storage-file-layout.html", "Database File Layout"),
  hotStandby: manual("hot-standby.html", "Hot Standby"),
  initdb: manual("app-initdb.html", "initdb"),
  kernelResources: manual("kernel-resources.html", "Managing Kernel Resources"),
  pgBasebackup: manual("app-pgbasebackup.html", "pg_basebackup"),
  pgChecksums: manual("app-pgchecksums.html", "pg_checksums"),
  pgTestFsync: manual("pgtestfsync.html", "pg_test_fsync"),
  pgRewind: manual("app-pgrewind.html", "pg_rewind"),
  pgUpgrade: manual("pgupgrade.html", "pg_upgrade"),
  plannerSettings: manual("runtime-config-query.html", "Query Planning"),
  reliability: manual("wal-reliability.html", "Reliability"),
  replicationSettings: manual("runtime-config-replication.html", "Replication"),
  resourceSettings: manual("runtime-config-resource.html", "Resource Consumption"),
  tablespaces: manual("manage-ag-tablespaces.html", "Tablespaces"),
  warmStandby: manual("warm-standby.html", "Log-Shipping Standby Servers"),
  walConfiguration: manual("wal-configuration.html", "WAL Configuration"),
  walInternals: manual("wal-internals.html", "WAL Internals"),
  walSettings: manual("runtime-config-wal.html", "Write Ahead Log"),
  release18: {
    title: "PostgreSQL 18 release notes",
    url: "https://www.postgresql.org/docs/18/release-18.html",
  },
  release17: {
    title: "PostgreSQL 17 release notes",
    url: "https://www.postgresql.org/docs/17/release-17.html",
  },
  release16Minor: releaseNotes("16.12"),
  release17Minor: releaseNotes("17.8"),
  release18Minor: releaseNotes("18.2"),
  resourceSettings15: {
    title: "PostgreSQL 15 manual: Resource Consumption",
    url: "https://www.postgresql.org/docs/15/runtime-config-resource.html",
  },
  pgtune: {
    title: "PGTune: the formulas",
    url: "https://github.com/le0pard/pgtune/blob/master/src/features/configuration/configurationSlice.js",
  },
  nixpkgsBuild: {
    title: "nixpkgs: how PostgreSQL is built",
    url: "https://github.com/NixOS/nixpkgs/blob/master/pkgs/servers/sql/postgresql/generic.nix",
  },
} as const satisfies Record<string, Source>;
