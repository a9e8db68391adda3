import { factsOf } from "../engines/index.ts";
import type { PlannedDatabase } from "../plan/types.ts";
import { waitsForMount } from "./arrange-subvolumes.ts";
import { dearOnNoCow } from "./clone-decision.ts";

const snapshotWarning = (database: PlannedDatabase): string[] =>
  database.snapshots === null && (database.cluster?.snapshotsOn.includes(database.cluster.member) ?? true)
    ? [
        `${database.name}: no snapshots are taken, as the spec asks. An operator's error is undone from the backup, or not at all.`,
      ]
    : [];

const backupWarning = (database: PlannedDatabase): string[] => {
  if (database.backup === null && database.cluster?.backupOn) return [];
  if (database.backup === null)
    return [`${database.name}: the spec names no backup; snapshots on the same disks are none.`];
  return database.backup.method === "none"
    ? [`${database.name}: no backup method keeps the objectives of the spec; see the report.`]
    : [];
};

const inTime = (seconds: number): string =>
  seconds < 86_400 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;

/** How much is written to a binary log nobody knows beforehand, and a full log filesystem stops the server. */
const binlogWarning = (database: PlannedDatabase, logGiB: number | null): string[] => {
  const kept = database.settings.find((s) => s.name === "binlog_expire_logs_seconds")?.value;
  const onLogFilesystem = database.directories.some(
    (d) => d.component === "binlog" && d.filesystem === "xfs",
  );
  if (!onLogFilesystem || typeof kept !== "number" || logGiB === null) return [];
  const rate = database.profile.logMiBPerSecond;
  if (rate === undefined)
    return [
      `${database.name}: binary logs of ${inTime(kept)} share the log's own filesystem, and how much is written a day is not known: watch its free space, or give a measured profile with logMiBPerSecond.`,
    ];
  const neededGiB = (kept * rate) / 1024;
  if (neededGiB <= logGiB / 2) return [];
  return [
    `${database.name}: binary logs of ${inTime(kept)} at ${rate} MiB/s take about ${Math.ceil(neededGiB)} GiB, more than half of the log filesystem's ${logGiB} GiB. When it is full the server stops: give it larger disks, or set override.log to "in-place".`,
  ];
};

/** Units are what waits for a mount and runs in the sandbox; without them only the boot can stop. */
const unitsWarning = (database: PlannedDatabase): string[] =>
  waitsForMount(database)
    ? []
    : [
        `${database.name}: the spec names no units, so nothing makes the application wait for its storage. Its mount goes without nofail: where it fails, the whole boot stops in emergency mode. Name the application's services in units.`,
      ];

const tornPageWarning = ({ name, engine, layout }: PlannedDatabase): string[] => {
  const page = layout.data === "nocow" ? factsOf(engine).unrepairedPage : undefined;
  return page === undefined
    ? []
    : [`${name}: its data are NOCOW, as the spec asks. ${page.text} Keep a backup elsewhere.`];
};

const cloneWarning = (database: PlannedDatabase): string[] =>
  database.clones && database.layout.data === "nocow"
    ? [
        `${database.name}: clones are dear here: ${dearOnNoCow}. Prefer balanced, or set override.data to "cow", where clones matter more.`,
      ]
    : [];

export const databaseWarnings = (database: PlannedDatabase, logGiB: number | null): string[] => [
  ...unitsWarning(database),
  ...snapshotWarning(database),
  ...backupWarning(database),
  ...tornPageWarning(database),
  ...cloneWarning(database),
  ...binlogWarning(database, logGiB),
];
