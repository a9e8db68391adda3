/** From when on something is too old, too little or too slow. Seconds and bytes. */
import { durationSeconds } from "../duration.ts";
import { factsOf } from "../engines/index.ts";
import type {
  BtrfsFilesystem,
  Plan,
  PlannedBackup,
  PlannedDatabase,
  PlannedSnapshots,
} from "../plan/types.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const gibibyte = 2 ** 30;

/** Defaults of modules/ that the limits rest on, as Nix writes them: a plan does not set these options. */
export const supposedDefaults: Readonly<Record<string, string>> = {
  "dbtrfs.verify.onCalendar": '"hourly"',
  "dbtrfs.instances.<name>.drill.onCalendar": '"weekly"',
  "dbtrfs.instances.<name>.snapshots.maxPause": "10",
};

const verifyEvery = hour;
export const verifyAge = 3 * verifyEvery;

/** Two snapshots may be missing; the slack is what the run and a scrape take. */
export const snapshotAge = ({ every }: PlannedSnapshots): number => 2 * durationSeconds(every) + 10 * minute;

/** The log is copied twice in a recovery point; one copy may be missing, and the slack is what a run and a scrape take. */
export const binlogAge = ({ recoveryPointObjective }: PlannedBackup): number =>
  2 * durationSeconds(recoveryPointObjective) + 10 * minute;

/** Whether copies of MySQL's or MariaDB's binary log lead on from each backup (modules/backup/binlog.nix). */
export const copiesBinlog = ({ engine, backup }: PlannedDatabase): boolean =>
  factsOf(engine).family === "innodb" && backup?.keepsLog === true;

/** A scrub of large disks takes a day or more. */
export const scrubAge = (plan: Plan): number =>
  (plan.scrub.interval === "weekly" ? 7 * day : 31 * day) + 3 * day;

const drillEvery = 7 * day;
/** Up to four hours are added to the calendar, and a drill takes its time. */
export const drillAge = 2 * drillEvery + 16 * hour;

const maxPause = 10;
export const longPause = 0.8 * maxPause;

export const fencesLog = (database: PlannedDatabase): boolean =>
  factsOf(database.engine).family === "innodb" &&
  database.layout.log === "own-filesystem" &&
  database.snapshots !== null;

/** Ends are looked at every minute; an end takes the server's stop. */
export const cloneOverdue = 15 * minute;

/**
 * An fsync that the log tree cannot serve becomes a full commit, and the database waits for it
 * (lore.kernel.org/linux-btrfs/20200409043245.GO13306@hungrycats.org). By default there is one every 30 s (btrfs(5),
 * commit): from five seconds on average, a sixth of the time is such a wait.
 */
export const longCommit = 5;

/** Extents below this cost neither memory nor time that anyone would notice. */
export const manyExtents = 10_000;

const copies: Readonly<Record<BtrfsFilesystem["metadataProfile"], number>> = {
  single: 1,
  dup: 2,
  raid1: 2,
  raid10: 2,
  raid1c3: 3,
};

const sizeGiB = (plan: Plan, filesystem: BtrfsFilesystem): number =>
  plan.disks
    .filter((disk) =>
      disk.partitions.some(({ content }) => content.use === "btrfs" && content.filesystem === filesystem.id),
    )
    .reduce((sum, disk) => sum + disk.sizeGiB, 0);

/** What metadata grows by: fs/btrfs/space-info.c, calc_chunk_size. */
export const metadataChunk = (plan: Plan, filesystem: BtrfsFilesystem): number =>
  sizeGiB(plan, filesystem) > 50 ? gibibyte : gibibyte / 4;

/** What metadata takes of the devices when it grows. */
export const metadataGrowth = (plan: Plan, filesystem: BtrfsFilesystem): number =>
  copies[filesystem.metadataProfile] * metadataChunk(plan, filesystem);
