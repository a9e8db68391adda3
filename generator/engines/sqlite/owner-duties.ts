import { btrfs } from "../../sources/btrfs.ts";
import { nixos } from "../../sources/nixos.ts";
import { sqliteSources as sources } from "../../sources/sqlite.ts";
import type { Claim } from "../types.ts";

/** Opening, writing, and what a commit promises. */
const atWork: readonly Claim[] = [
  {
    text: "Set the planned pragmas on every connection right after opening it: the file keeps only page_size, encoding, auto_vacuum and journal_mode=WAL, and page_size counts only before the first table.",
    confidence: "documented",
    sources: [sources.pageSize, sources.walPersistence, sources.busyTimeout],
  },
  {
    text: "Write through one connection, and begin writing transactions with BEGIN IMMEDIATE: a transaction that reads first and writes later fails at once with SQLITE_BUSY when another wrote in between, whatever busy_timeout says.",
    confidence: "documented",
    sources: [sources.walConcurrency, sources.immediate],
  },
  {
    text: "synchronous=NORMAL is faster by not keeping a promise: 2918 transactions/s against 643 measured on Btrfs (CoW), for 0.5 of the bytes written. The database stays consistent, but a power failure or kernel crash takes back commits since the last checkpoint that the application had reported as done. If that is acceptable, the application sets it itself, after the planned pragmas.",
    confidence: "documented",
    sources: [sources.synchronous, sources.wal],
  },
  {
    text: "Keep read transactions short: while one is open the log cannot start over and grows without limit. After a long one, PRAGMA wal_checkpoint(TRUNCATE) in a quiet moment.",
    confidence: "documented",
    sources: [sources.walGrowth],
  },
  {
    text: "Use SQLite 3.51.3 or later (3.50.7 and 3.44.6 have the fix too): older ones have a rare race between connections that write and checkpoint a WAL database at once, which corrupts it. NixOS 26.05 came with 3.51.2, and applications and drivers often bring a copy of their own: SELECT sqlite_version() tells.",
    confidence: "documented",
    sources: [sources.walResetBug, sources.release3_51_3, nixos.sqliteOfRelease],
  },
  {
    text: "Keep the filesystem from filling up. Every connection, readers too, writes to the mapped -shm file; where Btrfs finds no space for a CoW page of it, the application ends with SIGBUS instead of an error. Tried with SQLite 3.40 on Linux 6.18: on a full filesystem a SELECT was enough.",
    confidence: "inferred",
    sources: [sources.wal, btrfs.noCowMmapOnFullDisk, btrfs.metadataNeedsFreeSpace],
  },
];

/** Files, copies and restores. */
const filesAndCopies: readonly Claim[] = [
  {
    text: "Never delete, rename or move a -wal or -journal file, and never copy the database file without it: the log holds commits, the journal undoes what a crash cut short. SQLite removes both itself.",
    confidence: "documented",
    sources: [sources.hotJournal, sources.journalPairing, sources.walFile],
  },
  {
    text: "Back up with a snapshot of the subvolume, with .backup or with VACUUM INTO, never with cp of a live file. VACUUM INTO does not sync its result: sync it before it is sent or snapshotted.",
    confidence: "documented",
    sources: [sources.backup, sources.vacuum, sources.corruption],
  },
  {
    text: "Whoever restores without dbtrfs-restore stops the application first, and whatever else has the files open: remove the old -wal, -shm and -journal files first, then copy the database file and its -wal together from the same snapshot.",
    confidence: "documented",
    sources: [sources.journalPairing, sources.walFile],
  },
  {
    text: "Keep the database on this host's own filesystem: the write-ahead log needs memory that all connections share, and network filesystems lock unreliably. The same holds for a directory shared into a virtual machine.",
    confidence: "documented",
    sources: [sources.network, sources.wal],
  },
  {
    text: "Let no code of the application open and close the database file by itself, to hash or copy it: the close drops SQLite's locks in the whole process.",
    confidence: "documented",
    sources: [sources.posixLocks, sources.unlink],
  },
  {
    text: "With Litestream, keep WAL mode and busy_timeout, and give it write access to the directory: it runs the checkpoints itself. It advises synchronous=NORMAL, which this plan does not, and its releases bring their own SQLite, to which the WAL-reset bug applies.",
    confidence: "documented",
    sources: [sources.litestream, sources.litestreamWalReset, nixos.litestream],
  },
];

/** What Btrfs changes about damage and deletion. */
const onBtrfs: readonly Claim[] = [
  {
    text: "When SQLite calls the database malformed, look into the kernel's log first: a block that failed its Btrfs checksum reached the application as SQLITE_CORRUPT when it was tried (SQLite 3.40, Linux 6.18). Local snapshots share that block; restore from a backup on another disk.",
    confidence: "inferred",
    sources: [btrfs.checksums, btrfs.scrub],
  },
  {
    text: "Do not rely on secure_delete, which nixpkgs compiles in: on CoW the zeros go to a new place, and the deleted content stays on the disk and in every snapshot taken before.",
    confidence: "inferred",
    sources: [sources.secureDelete, nixos.sqlitePackage, btrfs.extentsFreedAsAWhole],
  },
  {
    text: "An existing database keeps its page size. To change it, leave WAL mode (journal_mode=DELETE), set page_size, run VACUUM, and set journal_mode=WAL again; that writes the whole database once, and snapshots keep the old one.",
    confidence: "documented",
    sources: [sources.pageSize, sources.wal, sources.vacuum],
  },
];

export const ownerDuties: readonly Claim[] = [...atWork, ...filesAndCopies, ...onBtrfs];
