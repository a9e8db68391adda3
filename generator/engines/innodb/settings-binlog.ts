import { inMebibytes, inWords } from "../sizes.ts";
import type { SettingContext, SettingRule } from "../types.ts";
import { type Flavour, hasBinlog } from "./flavour.ts";
import { between } from "./sizes.ts";

const secondsAnHour = 3600;
const secondsADay = 24 * secondsAnHour;

/** A week to roll a base backup forward; three days where nothing but a crash recovery reads the log. */
const wantedDays = ({ pointInTime }: SettingContext): number => (pointInTime ? 7 : 3);

/** Room for binary logs: a quarter of the data, and enough for a few files of the default 1 GiB; half of a log filesystem. */
const roomGiB = ({ sizeGiB, logFilesystemGiB }: SettingContext): number =>
  logFilesystemGiB === null ? Math.max(8, sizeGiB / 4) : logFilesystemGiB / 2;

/** With row format a binary log grows about as fast as the redo log. */
const affordableSeconds = (context: SettingContext): number => {
  const rate = context.profile.logMiBPerSecond;
  return rate ? inMebibytes(roomGiB(context)) / rate : Number.POSITIVE_INFINITY;
};

const wholeDaysOrHours = (seconds: number): number => {
  const unit = seconds < secondsADay ? secondsAnHour : secondsADay;
  return Math.floor(seconds / unit) * unit;
};

/** An hour at least: a replica that restarts must still find its place. */
const keptSeconds = (context: SettingContext): number =>
  between(secondsAnHour, wholeDaysOrHours(affordableSeconds(context)), wantedDays(context) * secondsADay);

const inTime = (seconds: number): string => {
  const [count, unit] =
    seconds < secondsADay ? [seconds / secondsAnHour, "hour"] : [seconds / secondsADay, "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
};

const whyKept = (context: SettingContext): string => {
  const kept = keptSeconds(context);
  if (kept < wantedDays(context) * secondsADay)
    return `More than ${inTime(kept)} at the measured ${context.profile.logMiBPerSecond} MiB/s would take more than the ${inWords(roomGiB(context))} that are planned for it`;
  return context.pointInTime
    ? "A week of it rolls a base backup forward to any moment; older ones belong with the backup"
    : "Nothing restores from it here, so three days are enough to look back and for a replica that was away";
};

export const binlogSettings = (flavour: Flavour): readonly SettingRule[] => [
  {
    name: "log_bin",
    group: "log",
    value: ({ directories, pointInTime }) => {
      if (directories.binlog !== null) return `${directories.binlog}/binlog`;
      return pointInTime && !flavour.binlogByDefault ? "binlog" : undefined;
    },
    reason: ({ directories, logFilesystemGiB }) => {
      if (directories.binlog === null)
        return `${flavour.title} writes a binary log only when told to, and a restore to a moment replays it.`;
      return logFilesystemGiB === null
        ? "The binary log gets its own directory in the database's subvolume, so that one snapshot holds it and the data of the same moment."
        : "Each commit flushes the binary log too, so it lies beside the redo log on the log's own filesystem.";
    },
    confidence: "documented",
    sources: [flavour.sources.binlogSettings],
  },
  {
    name: "sync_binlog",
    group: "durability",
    value: (context) => (hasBinlog(flavour, context) ? 1 : undefined),
    reason: () =>
      `The binary log is on disk before a commit is answered, so that after a crash it and InnoDB agree on what was committed. ${flavour.syncBinlogDefault}`,
    confidence: "documented",
    sources: [flavour.sources.binlogSettings, flavour.sources.binlog],
  },
  {
    name: "binlog_expire_logs_seconds",
    group: "log",
    value: (context) => (hasBinlog(flavour, context) ? keptSeconds(context) : undefined),
    reason: (context) => `${whyKept(context)}. ${flavour.binlogKept}`,
    confidence: "inferred",
    sources: [flavour.sources.binlogSettings],
  },
];
