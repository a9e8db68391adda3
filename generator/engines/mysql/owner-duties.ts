import { mysqlSources as sources } from "../../sources/mysql.ts";
import { innodbOwnerDuties } from "../innodb/owner-duties.ts";
import type { Claim } from "../types.ts";

export const mysqlOwnerDuties: readonly Claim[] = [
  {
    text: "MyISAM, CSV and other tables outside InnoDB are not crash-safe, so a snapshot of the running server may hold them half written. Convert them (ALTER TABLE … ENGINE = InnoDB), or take the snapshot under FLUSH TABLES WITH READ LOCK.",
    confidence: "documented",
    sources: [sources.backupMethods],
  },
  ...innodbOwnerDuties({
    externalTables: sources.createTableExternal,
    pageCompression: sources.pageCompression,
    binlog: sources.binaryLogOptions,
  }),
  {
    text: "Never mount or keep a snapshot below the data directory: at its start InnoDB looks there for tablespaces and finds those of the snapshot too.",
    confidence: "inferred",
    sources: [sources.snapshotsInDataDirectory],
  },
  {
    text: "Before a restored copy runs as a second server for good, give it another server_id and start it with skip_replica_start; where it was not dbtrfs-restore that made it, delete auto.cnf too: two servers with one UUID push each other off the source.",
    confidence: "documented",
    sources: [sources.replicaCopies],
  },
  {
    text: "A server without replicas and without restores to a moment can do without the binary log (skip_log_bin): each commit then takes one flush instead of two. The choice is the owner's, because replication cannot start from it later.",
    confidence: "inferred",
    sources: [sources.binaryLogOptions],
  },
  {
    text: "mysqld --initialize wants an empty data directory. Names that begin with a dot and lost+found are let pass, anything else stops it, even a prepared #innodb_redo directory.",
    confidence: "inferred",
    sources: [sources.dataDirectoryInitialization],
  },
];
