import { btrfs } from "../../sources/btrfs.ts";
import { mariadbSources } from "../../sources/mariadb.ts";
import { mysqlSources } from "../../sources/mysql.ts";
import { postgresqlSources } from "../../sources/postgresql.ts";
import { sqliteSources } from "../../sources/sqlite.ts";
import type { Source } from "../../sources/types.ts";
import { toNoCow } from "./changes.ts";
import { pairsIn, plainBesideXfs, spanText } from "./effects.ts";
import { noCowExtents, tornText } from "./folklore-measured.ts";
import type { Given } from "./given.ts";

/** What is often said, and what is so. */
export interface Saying {
  readonly said: string;
  readonly so: string;
  readonly sources: readonly Source[];
  /** What was measured of it; null where nothing was. */
  readonly measured?: (given: Given) => string | null;
}

const sentence = (start: string, text: string | null): string | null =>
  text === null ? null : `${start} ${text}.`;

export const sayings: readonly Saying[] = [
  {
    said: "Mount the database's subvolume with nodatacow.",
    so: "The option belongs to the filesystem: the subvolume that is mounted first decides for all, and the others' options are ignored without an error. The attribute +C on an empty directory is what holds for one database.",
    sources: [btrfs.mountOptionsAreGlobal],
  },
  {
    said: "chattr +C on the data directory turns NOCOW on.",
    so: "Only for files that are made afterwards: those that are there stay CoW, and the command says nothing. They have to be copied, since a rename or a reflink keeps what they are.",
    sources: [btrfs.noCowWantsEmptyFiles, btrfs.reflinkNeedsEqualNoCow],
  },
  {
    said: "A subvolume inherits +C from the directory that it is made in.",
    so: "It inherits nothing: the attribute has to be set on the subvolume itself, while it is empty.",
    sources: [btrfs.subvolumesDoNotInheritNoCow],
  },
  {
    said: "NOCOW makes a database on Btrfs fast.",
    so: "It shortens little of what a commit waits for: the flush still goes to Btrfs.",
    sources: [],
    measured: ({ batches }) =>
      sentence(
        "Everything NOCOW makes",
        spanText(pairsIn(batches, toNoCow), "transactionsPerSecond", "as many transactions as plain Btrfs"),
      ),
  },
  {
    said: "NOCOW keeps files in one piece.",
    so: "Until the first snapshot: after each, the first write to a block goes to a new place.",
    sources: [btrfs.snapshotCowsOnce],
    measured: noCowExtents,
  },
  {
    said: "Databases do not belong on Btrfs at all.",
    so: "That depends on the workload, on the layout, and on what snapshots and checksums are worth; see the last section.",
    sources: [],
    measured: ({ batches }) =>
      sentence(
        "Plain Btrfs makes",
        spanText(pairsIn(batches, plainBesideXfs), "transactionsPerSecond", "as many transactions as XFS"),
      ),
  },
  {
    said: "Copy-on-write makes full_page_writes and the doublewrite buffer superfluous.",
    so: "Nothing documents that Btrfs writes a page of 8 or 16 KiB whole or not at all, and writes that follow each other can land in different commits. They stay on with every layout.",
    sources: [
      btrfs.writesSplitOverCommits,
      postgresqlSources.reliability,
      mysqlSources.doublewrite,
      mariadbSources.doublewrite,
    ],
  },
  {
    said: "Two mirrored disks make up for the checksums that NOCOW lacks.",
    so: "They make it worse: after a crash or a bad block the copies differ, reads take either, and nothing can tell which is right. The plan refuses it.",
    sources: [btrfs.mirrorsDiverge],
  },
  {
    said: "A snapshot of the data and one of the log, one after the other, are a copy.",
    so: "They are two moments. Only what one snapshot captures is of one; a log elsewhere takes a backup of PostgreSQL's or a fence.",
    sources: [btrfs.snapshotIsOneSubvolume, postgresqlSources.fileBackup],
    measured: tornText,
  },
  {
    said: "compress or compress-force on the mount compresses the database.",
    so: "The option belongs to the filesystem too, and what was preallocated is never compressed, forced or not: MySQL's and MariaDB's tables are, and PostgreSQL's from series 16 on unless a setting forbids it.",
    sources: [btrfs.compressOptionIsGlobal, btrfs.fallocateEndsCompression, btrfs.fallocateMarksTheFile],
  },
  {
    said: "autodefrag, or defragmenting by a timer, helps a database.",
    so: "The manual says that it may not suit large database workloads. It also parts what snapshots share, which then takes space twice.",
    sources: [btrfs.autodefragNotForDatabases],
  },
  {
    said: "O_DIRECT keeps a database out of the page cache.",
    so: "Not its writes to data with checksums, since Linux 6.15; before, a buffer that changed while it was written left a wrong checksum behind.",
    sources: [btrfs.directIoFallsBack, btrfs.directIoAgainstChecksums],
  },
  {
    said: "Restoring with btrfs receive brings the database back as it was.",
    so: "Its files have lost +C, even below a directory that has it. Copy them into a directory with the planned attributes.",
    sources: [btrfs.sendLosesNoCow],
  },
  {
    said: "A larger commit= interval speeds a database up.",
    so: "It bounds what nobody flushed. A database flushes what it promises, each time.",
    sources: [btrfs.commitInterval],
  },
  {
    said: "SQLite checks its pages itself.",
    so: "Not without its checksum VFS, which every program that opens the file must load.",
    sources: [sqliteSources.checksumVfs],
  },
];
