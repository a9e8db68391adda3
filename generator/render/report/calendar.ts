import type { Plan, PlannedDatabase } from "../../plan/types.ts";
import type { SnapshotInterval } from "../../spec/schema.ts";
import { backupRuns, type When } from "./backup-runs.ts";
import type { Bar } from "./bars.ts";
import { calendarMarks, calendarWords } from "./on-calendar.ts";
import { retained } from "./retention.ts";

/** What runs in a week: of each database, then of the host. */
export interface CalendarGroup {
  readonly title: string;
  readonly rows: readonly CalendarRow[];
}

export type Calendar = readonly CalendarGroup[];

export interface CalendarRow {
  readonly what: string;
  readonly when: string;
  readonly unit: string;
  readonly about: string;
  readonly tone: "snapshot" | "backup" | "check";
  /** Within the week, Monday first; empty where it has no hour of its own. */
  readonly marks: readonly Bar[];
}

/** As modules/snapshot-intervals.nix has them. */
export const snapshotCalendars: Readonly<Record<SnapshotInterval, string>> = {
  "5min": "*:0/5",
  "10min": "*:0/10",
  "15min": "*:0/15",
  "20min": "*:0/20",
  "30min": "*:0/30",
  "1h": "*:00",
  "2h": "0/2:00",
  "3h": "0/3:00",
  "4h": "0/4:00",
  "6h": "0/6:00",
  "12h": "0/12:00",
  "1d": "00:00",
  "1w": "Sun 00:00",
};

type Row = Omit<CalendarRow, "when" | "marks">;

const timed = (calendar: string, row: Row): CalendarRow => ({
  ...row,
  when: calendarWords(calendar),
  marks: calendarMarks(calendar),
});

const snapshotRows = ({ name, snapshots }: PlannedDatabase): CalendarRow[] => {
  if (snapshots === null) return [];
  return [
    timed(snapshotCalendars[snapshots.every], {
      what: "Snapshot",
      unit: `dbtrfs-snapshot-${name}`,
      about: `Kept: ${retained(snapshots.keep)}.`,
      tone: "snapshot",
    }),
    timed("weekly", {
      what: "Restore drill",
      unit: `dbtrfs-drill-${name}`,
      about: "Starts the newest snapshot beside the database and reads all of it, up to four hours later.",
      tone: "check",
    }),
  ];
};

/** Without an hour of its own: a band over the whole week. */
const allTheTime: readonly Bar[] = [{ x: 0, width: 100 }];

const whenRun = (when: When, { snapshots }: PlannedDatabase): Pick<CalendarRow, "when" | "marks"> => {
  switch (when.by) {
    case "calendar":
      return { when: calendarWords(when.calendar), marks: calendarMarks(when.calendar) };
    case "snapshots":
      return {
        when: "after each snapshot",
        marks: snapshots ? calendarMarks(snapshotCalendars[snapshots.every]) : [],
      };
    case "change":
      return { when: when.words, marks: allTheTime };
  }
};

const backupRows = (database: PlannedDatabase): CalendarRow[] => {
  const { backup } = database;
  if (backup === null) return [];
  return backupRuns(database, backup).map(({ what, unit, when }) => ({
    what,
    unit,
    about: `${backup.title}, to ${backup.target}.`,
    tone: "backup",
    ...whenRun(when, database),
  }));
};

const scrub = ({ interval }: Plan["scrub"]): Pick<CalendarRow, "when" | "marks"> =>
  interval === "weekly"
    ? { when: "every Monday, within the day", marks: calendarMarks(interval) }
    : { when: "on the first of the month, within the day", marks: [] };

/** services.btrfs.autoScrub names its units by mount point, as systemd escapes it. */
const hostRows = (plan: Plan): CalendarRow[] => [
  ...plan.scrub.mountPoints.map((mountPoint) => ({
    what: `Scrub of ${mountPoint}`,
    unit: "btrfs-scrub-*",
    about: "Reads everything that has a checksum, and repairs what has another copy.",
    tone: "check" as const,
    ...scrub(plan.scrub),
  })),
  timed("hourly", {
    what: "Comparison with this plan",
    unit: "dbtrfs-verify",
    about: "Flags, options, settings, ages of copies: metrics, and a failed unit where something differs.",
    tone: "check",
  }),
];

/** The calendar of a host: databases without snapshots and backup have no part in it. */
export const calendar = (plan: Plan): CalendarGroup[] =>
  [
    ...plan.databases.map((database) => ({
      title: database.name,
      rows: [...snapshotRows(database), ...backupRows(database)],
    })),
    { title: "The host", rows: hostRows(plan) },
  ].filter(({ rows }) => rows.length > 0);
