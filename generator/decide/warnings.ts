import type { PlannedDatabase, PlannedDisk } from "../plan/types.ts";
import { neededInAYear } from "../spec/capacity.ts";
import type { Spec } from "../spec/schema.ts";
import type { BackupMethod } from "./backup-methods.ts";

const snapshotWarning = (database: PlannedDatabase): string[] =>
  database.snapshots === null
    ? [
        `${database.name}: no snapshots are taken${database.layout.log === "own-filesystem" ? ", because its log lies on a filesystem of its own" : ""}. An operator's error is undone from the backup, or not at all.`,
      ]
    : [];

/** Backups are planned here and run by modules that this version does not bring: say so at every rebuild. */
const backupWarning = (database: PlannedDatabase, method: BackupMethod | null): string[] => {
  if (database.backup === null)
    return [`${database.name}: the spec names no backup; snapshots on the same disks are none.`];
  if (method === null)
    return [`${database.name}: no backup method keeps the objectives of the spec; see the report.`];
  const how = method.module ? `through ${method.module}` : "with a unit of your own (nixpkgs has no module)";
  return [
    `${database.name}: backups are planned with ${method.title} to ${database.backup.target}, but this version of dbtrfs does not configure them; set them up ${how}.`,
  ];
};

/** How much is written to a binary log nobody knows beforehand, and a full log filesystem stops the server. */
const binlogWarning = (database: PlannedDatabase): string[] => {
  const kept = database.settings.find((s) => s.name === "binlog_expire_logs_seconds")?.value;
  const onLogFilesystem = database.directories.some(
    (d) => d.component === "binlog" && d.filesystem === "xfs",
  );
  if (!onLogFilesystem || typeof kept !== "number" || database.profile.logMiBPerSecond !== undefined)
    return [];
  return [
    `${database.name}: binary logs of ${Math.round(kept / 86_400)} days share the log's own filesystem, and how much is written a day is not known: watch its free space, or give a measured profile with logMiBPerSecond.`,
  ];
};

export const databaseWarnings = (database: PlannedDatabase, method: BackupMethod | null): string[] => [
  ...snapshotWarning(database),
  ...backupWarning(database, method),
  ...binlogWarning(database),
];

/** Growth that the disks cannot take for a year, and disks that carry nothing. */
export const hostWarnings = (spec: Spec, disks: readonly PlannedDisk[], roomGiB: number): string[] => {
  const inAYear = spec.databases.reduce((sum, database) => sum + neededInAYear(database), 0);
  const growth =
    inAYear > roomGiB
      ? [
          `In a year the databases need about ${Math.round(inAYear)} GiB; these disks hold ${Math.round(roomGiB)} GiB.`,
        ]
      : [];
  const unused = disks.flatMap((disk) =>
    disk.unused ? [`${disk.device} is not used: ${disk.unused}.`] : [],
  );
  const boot =
    spec.redundancy !== "none" && spec.system.root === "here"
      ? [
          "After a disk loss the host does not boot unattended: mounting with a missing device needs the option degraded, which is left out on purpose, and the filesystem is found by the partition label of its last disk. Boot an installer, mount with degraded, run btrfs replace, and give the new partition the old one's label.",
        ]
      : [];
  return [...growth, ...unused, ...boot];
};
