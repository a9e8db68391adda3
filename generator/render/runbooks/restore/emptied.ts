import type { PlannedBackup, PlannedDatabase } from "../../../plan/types.ts";
import { backupRuns } from "../../report/backup-runs.ts";
import { unitsOf } from "../parts.ts";
import { commands, text } from "../runbook.ts";
import type { Step } from "./step.ts";

/** Timers that would take an empty database for the present one, and thin out what was taken before. */
export const timersOf = (database: PlannedDatabase, backup: PlannedBackup | null): string[] => [
  ...(database.snapshots === null
    ? []
    : [`dbtrfs-snapshot-${database.name}.timer`, `dbtrfs-drill-${database.name}.timer`]),
  ...(backup === null ? [] : backupRuns(database, backup))
    .filter(({ when, unit }) => when.by === "calendar" || unit.startsWith("dbtrfs-binlog-"))
    .map(({ unit }) => `${unit}.timer`),
];

/** A planned directory below another one stays as well. */
const cleared = (path: string, paths: readonly string[]): string => {
  const kept = paths.filter((one) => one.startsWith(`${path}/`));
  return [
    "find",
    path,
    "-mindepth 1",
    ...kept.map((one) => `! -path ${one} ! -path '${one}/*'`),
    "-delete",
  ].join(" ");
};

/** Directories stay: they have the flags, and what is written into them takes these on. */
export const emptied: Step = (database, backup) => {
  const timers = timersOf(database, backup);
  const paths = database.directories
    .filter(({ component }) => component !== "subvolume")
    .map(({ path }) => path);
  const ships = backup.method === "litestream" ? ["systemctl stop litestream"] : [];
  return [
    text(
      "Nothing may take the empty database for the present one: where it was backed up already, move that away, for the newest is taken below. What is in the directories is deleted.",
    ),
    commands(
      "empty",
      ...(timers.length === 0 ? [] : [`systemctl stop ${timers.join(" ")}`]),
      ...ships,
      ...(database.units.length === 0 ? [] : [`systemctl stop ${unitsOf(database)}`]),
      ...paths.map((path) => cleared(path, paths)),
    ),
  ];
};
