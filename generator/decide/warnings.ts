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
    `${database.name}: the plan asks for ${method.title} to ${database.backup.target}, but this version of dbtrfs does not configure it; set it up ${how}.`,
  ];
};

export const databaseWarnings = (database: PlannedDatabase, method: BackupMethod | null): string[] => [
  ...snapshotWarning(database),
  ...backupWarning(database, method),
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
          "After a disk loss the host does not boot unattended: mounting with a missing device needs the option degraded, which is left out on purpose.",
        ]
      : [];
  return [...growth, ...unused, ...boot];
};
