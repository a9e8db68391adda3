import { backupTools } from "../sources/backup-tools.ts";
import { nixos } from "../sources/nixos.ts";
import { postgresqlSources } from "../sources/postgresql.ts";
import type { Source } from "../sources/types.ts";
import type { TargetKind } from "../spec/backup-target.ts";
import type { Engine } from "../spec/schema.ts";

/** A way to get a database off the machine. Rates are inferred: what a gigabit network and one disk sustain. */
export interface BackupMethod {
  /** As dbtrfs.instances.<name>.backup.method has it. */
  readonly id: string;
  readonly title: string;
  readonly engines: readonly Engine[];
  /** First series of the engine that has it. */
  readonly since?: string;
  /** Why modules/backup does not run it; absent where it does. */
  readonly unavailable?: string;
  readonly targets: readonly TargetKind[];
  /**
   * Whether the log between backups is kept: always, not at all, or as copies of MySQL's or MariaDB's binary log, which
   * go to a directory and only where a point in time is asked for.
   */
  readonly log: "always" | "binlog" | "none";
  /** Shortest recovery point that it can keep without the log, in seconds. */
  readonly recoveryPointSeconds: number;
  /** Data restored per hour, GiB. */
  readonly restoreGiBPerHour: number;
  /** Size above which a run takes longer than the night, GiB; null for none. */
  readonly upToGiB: number | null;
  /** Whether it sends local snapshots. */
  readonly needsSnapshots: boolean;
  /** Whether an incremental backup follows the recovery point where no log does. */
  readonly incremental: boolean;
  readonly about: string;
  readonly sources: readonly Source[];
}

export const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** In order of preference among those that meet the objectives: the simplest first. */
export const backupMethods: readonly BackupMethod[] = [
  {
    id: "pg_dump",
    title: "nightly dump (pg_dump)",
    engines: ["postgresql"],
    targets: ["path"],
    log: "none",
    recoveryPointSeconds: day,
    restoreGiBPerHour: 30,
    upToGiB: 50,
    needsSnapshots: false,
    incremental: false,
    about: "A logical copy that any later version reads; restoring builds every index anew.",
    sources: [nixos.postgresqlBackup],
  },
  {
    id: "pg_basebackup",
    title: "pg_basebackup, full and incremental",
    engines: ["postgresql"],
    since: "17",
    targets: ["path"],
    log: "none",
    recoveryPointSeconds: hour,
    restoreGiBPerHour: 200,
    upToGiB: null,
    needsSnapshots: false,
    incremental: true,
    about:
      "The server's own physical copy, plain files at the target; incremental ones hold the changed blocks, and pg_combinebackup puts them together.",
    sources: [postgresqlSources.pgBasebackup, postgresqlSources.backupApi],
  },
  {
    id: "pgbackrest",
    title: "pgBackRest",
    engines: ["postgresql"],
    targets: ["path", "ssh", "s3"],
    log: "always",
    recoveryPointSeconds: minute,
    restoreGiBPerHour: 350,
    upToGiB: null,
    needsSnapshots: false,
    incremental: true,
    about: "Physical full and incremental backups with the WAL between them, every file checksummed.",
    sources: [nixos.pgbackrest],
  },
  {
    id: "mysqldump",
    title: "nightly dump (mysqldump --single-transaction)",
    engines: ["mysql", "mariadb"],
    targets: ["path"],
    log: "none",
    recoveryPointSeconds: day,
    restoreGiBPerHour: 20,
    upToGiB: 50,
    needsSnapshots: false,
    incremental: false,
    about:
      "A logical copy of all databases in one transaction, by a unit of ours: services.mysqlBackup dumps the databases of a list, and would miss a new one.",
    sources: [nixos.mysqlBackup],
  },
  {
    id: "mariadb-backup",
    title: "mariadb-backup, full and incremental",
    engines: ["mariadb"],
    targets: ["path"],
    log: "binlog",
    recoveryPointSeconds: hour,
    restoreGiBPerHour: 350,
    upToGiB: null,
    needsSnapshots: false,
    incremental: true,
    about:
      "A physical copy that follows the redo log; for a point in time the binary log is replayed over it.",
    sources: [backupTools.mariadbBackup],
  },
  {
    id: "xtrabackup",
    title: "Percona XtraBackup of the server's own series",
    engines: ["mysql"],
    unavailable:
      "NixOS packages XtraBackup 8.4.0 beside MySQL 8.4.9; it is made for servers up to its own version, and the two were not tried together.",
    targets: ["path"],
    log: "binlog",
    recoveryPointSeconds: hour,
    restoreGiBPerHour: 350,
    upToGiB: null,
    needsSnapshots: false,
    incremental: true,
    about: "A physical copy that follows the redo log; it is tied to the server's release series.",
    sources: [backupTools.xtrabackup, nixos.xtrabackupPackage],
  },
  {
    id: "btrbk-send",
    title: "btrbk: snapshots by send and receive",
    engines: ["postgresql", "mysql", "mariadb", "sqlite"],
    targets: ["path", "ssh"],
    log: "binlog",
    recoveryPointSeconds: 5 * minute,
    restoreGiBPerHour: 350,
    upToGiB: null,
    needsSnapshots: true,
    incremental: false,
    about:
      "The local snapshots, sent incrementally after each is taken; the target is Btrfs too. What is received has lost +C, so a restore copies into prepared directories.",
    sources: [nixos.btrbk, backupTools.btrbkTarget],
  },
  {
    id: "litestream",
    title: "Litestream",
    engines: ["sqlite"],
    targets: ["path", "s3"],
    log: "always",
    recoveryPointSeconds: 10,
    restoreGiBPerHour: 100,
    upToGiB: 100,
    needsSnapshots: false,
    incremental: false,
    about: "Ships every WAL frame within seconds; it takes over the checkpoints.",
    sources: [nixos.litestream, backupTools.litestreamDirectory],
  },
];
