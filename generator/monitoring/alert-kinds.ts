/** The alerts that rules can have, as the documentation lists them; a host has those that its plan calls for. */
export interface AlertKind {
  readonly severity: "critical" | "warning";
  /** How long the condition must hold, as Prometheus writes durations. */
  readonly for: string;
  readonly meaning: string;
  /** Which hosts have it. */
  readonly exists: string;
}

const everyFilesystem = "for every Btrfs filesystem";
const everyDatabase = "for every database";
const everyHost = "on every host";

const critical = (hold: string, exists: string, meaning: string): AlertKind => ({
  severity: "critical",
  for: hold,
  meaning,
  exists,
});

const warning = (hold: string, exists: string, meaning: string): AlertKind => ({
  ...critical(hold, exists, meaning),
  severity: "warning",
});

export const alertKinds = {
  DbtrfsMetricsMissing: critical(
    "1h",
    `${everyHost}, for each file of metrics`,
    "A unit reports nothing: it has never succeeded, or its metrics are not read. Without this a unit that never ran would be silence.",
  ),
  DbtrfsVerifyTooOld: critical("10m", everyHost, "dbtrfs-verify has not run, so most metrics stand still."),
  DbtrfsDrift: warning("10m", everyHost, "The host differs from its plan."),
  DbtrfsDeviceErrors: critical("1m", everyFilesystem, "Btrfs has counted errors on a device."),
  DbtrfsScrubErrors: critical("1m", everyFilesystem, "The last scrub found blocks whose checksum is wrong."),
  DbtrfsScrubTooOld: warning("10m", everyFilesystem, "The last scrub is longer ago than its timer says."),
  DbtrfsSpaceLow: warning("15m", everyFilesystem, "Less than a tenth of the filesystem is left for data."),
  DbtrfsUnallocatedLow: warning(
    "15m",
    everyFilesystem,
    "Nearly all space is allocated to data and part of that is unused, so that metadata cannot grow.",
  ),
  DbtrfsMetadataLow: critical(
    "5m",
    everyFilesystem,
    "Metadata is nearly full and cannot grow; where it runs full, Btrfs goes read-only and the database stops.",
  ),
  DbtrfsCommitLatency: warning("15m", everyFilesystem, "Commits of the filesystem take seconds on average."),
  DbtrfsSnapshotTooOld: critical(
    "10m",
    "for every database with snapshots",
    "Two snapshots in a row are missing.",
  ),
  DbtrfsSnapshotPauseLong: warning(
    "1m",
    "for every InnoDB database with snapshots whose redo log has a filesystem of its own",
    "Commits waited nearly as long as a snapshot may make them, so that snapshots will soon be given up.",
  ),
  DbtrfsBackupTooOld: critical(
    "10m",
    "for every database with a backup",
    "The last backup is older than the recovery point that the spec asks for.",
  ),
  DbtrfsBinlogTooOld: critical(
    "1m",
    "for every MySQL and MariaDB database whose binary log is copied",
    "The binary log has not reached the backup's target for two recovery points: what was committed since would be lost with the disk.",
  ),
  DbtrfsDrillFailed: critical("1m", "for every database with snapshots", "The last restore drill failed."),
  DbtrfsDrillTooOld: warning(
    "10m",
    "for every database with snapshots",
    "No restore drill has succeeded for two intervals.",
  ),
  DbtrfsCloneOverdue: warning(
    "5m",
    "for every database with clones",
    "A clone is there though its time is over.",
  ),
  DbtrfsFragmentationGrowth: warning(
    "1h",
    everyDatabase,
    "The most fragmented large file has at least twice the extents of a week ago.",
  ),
} as const satisfies Readonly<Record<string, AlertKind>>;

export type AlertName = keyof typeof alertKinds;

export const alertNames = Object.keys(alertKinds) as readonly AlertName[];
