import type { BtrfsFilesystem, Plan, PlannedDatabase } from "../../../plan/types.ts";
import type { MigrateDatabase } from "../../migrate/view.ts";
import { list, type RunbookBlock, text } from "../runbook.ts";
import { OLD } from "./words.ts";

/** What may be there, how one sees it, and what it lacks (btrfs(5): "File attributes", "Mount options"). */
export const situations = (d: MigrateDatabase): RunbookBlock => ({
  kind: "table",
  head: ["what is there", `how it shows at ${OLD}`, "what that means"],
  rows: [
    ["ext4 or XFS", "FSTYPE ext4 or xfs", "no checksums of data, no snapshots: everything is copied"],
    [
      "Btrfs, all copy-on-write",
      "FSTYPE btrfs, no C in lsattr",
      "chattr +C does nothing to files that hold data: what is planned NOCOW is copied into a new directory",
    ],
    [
      "Btrfs, NOCOW everywhere",
      "C in lsattr, of the directory or of everything",
      "no checksums and no compression: what is planned copy-on-write is copied into a new directory",
    ],
    [
      "a subvolume mounted with nodatacow",
      "nodatacow in fstab and not in OPTIONS, or in OPTIONS and no C in lsattr of the files",
      "Btrfs takes that option from the first mount of the filesystem alone and ignores it silently at any other: the files are copy-on-write",
    ],
    [
      `the right subvolume, the wrong flags`,
      `SOURCE ends in [/${d.subvolume}]`,
      "the files came by mv, btrfs receive or a reflink, or the plan has changed",
    ],
  ],
});

const minutesFor = (sizeGiB: number): string => {
  // At 200 MB/s read, written and read again to compare: a slow SSD, or a disk that does nothing else.
  const minutes = Math.max(1, Math.ceil((sizeGiB * 1024 * 3) / 200 / 60));
  return minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
};

export const ways = (d: MigrateDatabase, database: PlannedDatabase): RunbookBlock => ({
  kind: "table",
  head: ["this host", "do this"],
  rows: [
    [
      `can stop for about ${minutesFor(database.sizeGiB)} (${database.sizeGiB} GiB at 200 MB/s, copied and compared)`,
      "It may stop: by the script, or by hand",
    ],
    ["can stop for a minute", "It may stop for a minute"],
    ["has no room for a second copy", "Too big for a second copy"],
    [
      "has its root on the disk that is planned anew",
      "not here: another machine or disk, and a restore (What must be there first)",
    ],
    [
      "runs another engine, another major version or another page size",
      d.engine === "sqlite"
        ? "the script gives each file the planned page size"
        : "a copy cannot change that: dump, and restore into the new, empty server",
    ],
  ],
});

export const places = (d: MigrateDatabase): RunbookBlock =>
  list(
    ...d.directories.map(
      ({ path, filesystem, cow, compression }) =>
        `${path}: ${filesystem === "xfs" ? "XFS" : cow === "nocow" ? "NOCOW" : "copy-on-write"}${compression === "none" ? "" : `, ${compression}`}`,
    ),
    ...(d.walLink === "" ? [] : [`pg_wal in the data directory becomes a link to ${d.walDirectory}`]),
    ...(d.redoDirectory === "" ? [] : [`innodb_log_group_home_dir is ${d.redoDirectory}`]),
    ...(d.binlog === "" ? [] : [`log_bin is ${d.binlog}`]),
    `The subvolume ${d.subvolume} is mounted at ${d.mountPoint}.`,
  );

/** A filesystem that also has the root cannot be formatted under the running system. */
export const aboutRoot = (
  plan: Plan,
  database: PlannedDatabase,
  filesystem: BtrfsFilesystem,
): RunbookBlock[] =>
  filesystem.subvolumes.some(({ mountPoint }) => mountPoint === "/")
    ? [
        text(
          `The plan has the root of ${plan.host} on the same filesystem as ${database.name}. If that Btrfs is there already and only the databases lie wrong, go on below. If the whole disk is planned anew, nothing can be done in place: install ${plan.host} from this plan on another disk or machine (disko-install, or nixos-anywhere), restore ${database.name} there from its backup by its runbook, compare, and move the clients. The same holds where nodesize, checksum or profile have to change: ${filesystem.nodesize}, ${filesystem.checksum}, ${filesystem.dataProfile}; mkfs decides them, but for the profile, which btrfs balance converts.`,
        ),
      ]
    : [];

export const aboutSecondPass =
  "The first copy is made while the database runs: from a read-only snapshot where the old files are on Btrfs, else from the files themselves. It is no database: server and copy go on apart. After a clean stop the second pass copies whole every file whose size or modification time differs, those that were written in the seconds around the first pass, and those that are written through memory mappings, compares their checksums, and compares the list of all files. Only then is it whole. The stop lasts as long as what has changed since takes to copy: run it again before, to make that less. rsync can do the same with --archive --whole-file --delete into the prepared directories, never with --inplace into a place that shares extents, and with --checksum in the pass after the stop.";

export const aboutReplica: Readonly<Record<string, string>> = {
  postgresql:
    "By a replica: on a second machine made from this plan, pg_basebackup --write-recovery-conf --waldir=DIR into the prepared, empty directories; once it has caught up, stop the old server and promote the new one. The stop is a second, and the old machine is the way back.",
  mysql:
    "By a replica: on a second machine made from this plan, restore a backup, CHANGE REPLICATION SOURCE TO the old server, and once it has caught up stop the old one and its replication. The stop is a second, and the old machine is the way back.",
  mariadb:
    "By a replica: on a second machine made from this plan, restore a mariadb-backup, CHANGE MASTER TO the old server, and once it has caught up stop the old one and its replication. The stop is a second, and the old machine is the way back.",
};

const innodbRefusals =
  "It refuses what a copy cannot change: another engine, a newer version, another innodb_page_size; and tablespaces or directories outside the data directory. For those: dump with mysqldump --single-transaction, and restore into the new, empty server. If the redo log or the binary log is elsewhere, say so with --redo-from DIR and --binlog-from FILE.index.";

export const aboutRefusals: Readonly<Record<string, string>> = {
  postgresql:
    "It refuses what a copy cannot change: another major version, another size of WAL segments, tablespaces. For those: pg_upgrade, or pg_dumpall and a restore into the new, empty cluster. Missing page checksums, which NOCOW needs, it adds to the copy with pg_checksums.",
  mysql: innodbRefusals,
  mariadb: innodbRefusals,
  sqlite:
    "A copy that has another page size than planned is written anew with VACUUM INTO. What a program left in a -wal or a journal goes into the copy.",
};
