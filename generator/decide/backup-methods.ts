import { backupTools } from "../sources/backup-tools.ts";
import { nixos } from "../sources/nixos.ts";
import type { Source } from "../sources/types.ts";
import type { Engine } from "../spec/schema.ts";

/** A way to get a database off the machine. Rates are inferred: what a gigabit network and one disk sustain. */
export interface BackupMethod {
  readonly id: string;
  readonly title: string;
  readonly engines: readonly Engine[];
  /** First series of the engine that has it. */
  readonly since?: string;
  readonly pointInTime: boolean;
  /** Shortest recovery point that it can keep, in seconds. */
  readonly recoveryPointSeconds: number;
  /** Data restored per hour, GiB. */
  readonly restoreGiBPerHour: number;
  /** Size above which a run takes longer than the night, GiB; null for none. */
  readonly upToGiB: number | null;
  /** Whether it copies files as they are, so that one lock-free snapshot is no precondition. */
  readonly needsSnapshots: boolean;
  /** NixOS option that runs it; null where nixpkgs has no module. */
  readonly module: string | null;
  readonly about: string;
  readonly sources: readonly Source[];
}

const minute = 60;
const day = 24 * 60 * minute;

/** In order of preference among those that meet the objectives: the simplest first. */
export const backupMethods: readonly BackupMethod[] = [
  {
    id: "pg_dump",
    title: "nightly dump (pg_dump)",
    engines: ["postgresql"],
    pointInTime: false,
    recoveryPointSeconds: day,
    restoreGiBPerHour: 30,
    upToGiB: 50,
    needsSnapshots: false,
    module: "services.postgresqlBackup",
    about: "A logical copy that any later version reads; restoring builds every index anew.",
    sources: [nixos.postgresqlBackup],
  },
  {
    id: "pgbackrest",
    title: "pgBackRest",
    engines: ["postgresql"],
    pointInTime: true,
    recoveryPointSeconds: minute,
    restoreGiBPerHour: 350,
    upToGiB: null,
    needsSnapshots: false,
    module: "services.pgbackrest",
    about:
      "Physical full, differential and incremental backups with the WAL between them, every file checksummed.",
    sources: [nixos.pgbackrest],
  },
  {
    id: "mysqldump",
    title: "nightly dump (mysqldump --single-transaction)",
    engines: ["mysql", "mariadb"],
    pointInTime: false,
    recoveryPointSeconds: day,
    restoreGiBPerHour: 20,
    upToGiB: 50,
    needsSnapshots: false,
    module: "services.mysqlBackup",
    about: "A logical copy; singleTransaction must be set, the module's default locks or is inconsistent.",
    sources: [nixos.mysqlBackup],
  },
  {
    id: "mariadb-backup",
    title: "mariadb-backup",
    engines: ["mariadb"],
    pointInTime: true,
    recoveryPointSeconds: minute,
    restoreGiBPerHour: 350,
    upToGiB: null,
    needsSnapshots: false,
    module: null,
    about:
      "A physical copy that follows the redo log; for a point in time the binary log is replayed over it.",
    sources: [backupTools.mariadbBackup],
  },
  {
    id: "xtrabackup",
    title: "Percona XtraBackup of the server's own series",
    engines: ["mysql"],
    pointInTime: true,
    recoveryPointSeconds: minute,
    restoreGiBPerHour: 350,
    upToGiB: null,
    needsSnapshots: false,
    module: null,
    about: "A physical copy that follows the redo log; it is tied to the server's release series.",
    sources: [backupTools.xtrabackup],
  },
  {
    id: "btrbk-send",
    title: "btrbk: snapshots by send and receive",
    engines: ["postgresql", "mysql", "mariadb", "sqlite"],
    pointInTime: false,
    recoveryPointSeconds: 15 * minute,
    restoreGiBPerHour: 350,
    upToGiB: null,
    needsSnapshots: true,
    module: "services.btrbk",
    about:
      "The local snapshots, sent incrementally. What is received has lost +C, so a restore copies into prepared directories.",
    sources: [nixos.btrbk],
  },
  {
    id: "litestream",
    title: "Litestream",
    engines: ["sqlite"],
    pointInTime: true,
    recoveryPointSeconds: 10,
    restoreGiBPerHour: 100,
    upToGiB: 100,
    needsSnapshots: false,
    module: "services.litestream",
    about: "Ships every WAL frame within seconds; it takes over the checkpoints.",
    sources: [nixos.litestream],
  },
];
