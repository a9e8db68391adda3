import { mariadbSources as sources } from "../../sources/mariadb.ts";
import type { Flavour } from "../innodb/flavour.ts";

export const mariadbFlavour: Flavour = {
  title: "MariaDB",
  binlogByDefault: false,
  binlogKept: "MariaDB would keep them for ever.",
  syncBinlogDefault: "MariaDB's default of 0 leaves that to the kernel.",
  logsUpdates: "log_slave_updates",
  whyReadOnly:
    "A write here would be a transaction that no other member has, and with gtid_strict_mode replication would stop at it. Accounts with READ_ONLY ADMIN can write all the same.",
  semisync: { source: "rpl_semi_sync_master", replica: "rpl_semi_sync_slave" },
  redoSetting: "innodb_log_file_size",
  checksumAlgorithm: "full_crc32",
  flushesDirectDoublewrite: true,
  safe: {
    checksum: ["full_crc32", "strict_full_crc32", "crc32", "strict_crc32"],
    // Series 10.11 does not know "fast", says so in its log and stays at ON.
    doublewrite: ["ON", "fast"],
    commit: [1, 3],
  },
  ioCapacity: { nvme: 10_000, ssd: 2000, hdd: null },
  ioCapacityDefault: "MariaDB assumes a spinning disk with 200.",
  sources: {
    binlog: sources.groupCommit,
    binlogSettings: sources.binaryLogSettings,
    doublewrite: sources.doublewrite,
    doublewriteFlush: sources.doublewrite,
    gtid: sources.gtid,
    flushMethod: sources.flushMethod,
    innodbSettings: sources.innodbSettings,
    ioCapacity: sources.pageFlushing,
    memory: sources.memoryAllocation,
    relayLog: sources.binaryLogSettings,
    replicaOptions: sources.binaryLogSettings,
    semisync: sources.semisync,
    redoLog: sources.redoLog,
    serverSettings: sources.serverSettings,
    temporaryTables: sources.serverSettings,
  },
};
