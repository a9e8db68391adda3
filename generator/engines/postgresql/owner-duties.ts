import { btrfs } from "../../sources/btrfs.ts";
import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import type { Claim } from "../types.ts";

/** What no setting can do, most dangerous first. */
export const postgresqlOwnerDuties: readonly Claim[] = [
  {
    text: "Never turn off fsync or full_page_writes, not even for an import: after a crash the cluster may be damaged without a sign of it.",
    confidence: "documented",
    sources: [sources.walSettings],
  },
  {
    text: "Tablespaces are not placed by this plan. One that lies outside the database's subvolume is missing from every snapshot, and the cluster cannot do without it.",
    confidence: "documented",
    sources: [sources.tablespaces, btrfs.snapshotsAreNotRecursive],
  },
  {
    text: "Watch pg_stat_archiver and pg_replication_slots: a failing archive command keeps every segment, a lagging slot keeps them without limit unless max_slot_wal_keep_size is set, and a full log filesystem stops the server.",
    confidence: "documented",
    sources: [sources.backupApi, sources.replicationSettings],
  },
  {
    text: "Whoever starts a copy of a snapshot without dbtrfs-restore, which does it, first removes postmaster.pid and turns archiving and replication slots off, or the copy writes into the archive and the slots of the first; subscriptions are disabled by hand either way.",
    confidence: "inferred",
    sources: [sources.backupApi, sources.fileBackup],
  },
  {
    text: "An imported cluster keeps the checksums that it was initialised with: look at SHOW data_checksums and, where it says off, run pg_checksums --enable while the server is down. pg_upgrade wants the same on both sides.",
    confidence: "documented",
    sources: [sources.checksums, sources.pgChecksums, sources.release18],
  },
  {
    text: "pg_upgrade --clone fails between a NOCOW directory and a CoW one, because a reflink needs the same flags on both; use --copy there. file_copy_method = clone of series 18 does not fail, but makes an ordinary copy.",
    confidence: "inferred",
    sources: [sources.pgUpgrade, sources.resourceSettings, btrfs.reflinkNeedsEqualNoCow],
  },
  {
    text: "Where the data is compressed, tables that were extended before file_extend_method = write_zeros was in force stay uncompressed until they are rewritten by VACUUM FULL, by pg_repack or by dump and restore.",
    confidence: "inferred",
    sources: [sources.release18Minor, btrfs.fallocateEndsCompression],
  },
  {
    text: "A standby needs max_connections and max_worker_processes at least as high as here, and the same directories with the same flags before pg_basebackup fills them; send/receive loses the NOCOW flag.",
    confidence: "documented",
    sources: [sources.hotStandby, sources.pgBasebackup, btrfs.sendLosesNoCow],
  },
  {
    text: "Put nothing of your own into the data directory: initdb refuses a directory with anything in it, and pg_basebackup copies what it finds there, snapshots included.",
    confidence: "documented",
    sources: [sources.creatingCluster, sources.pgBasebackup],
  },
];
