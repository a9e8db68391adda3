import { mysqlSources as sources } from "../../sources/mysql.ts";
import type { Flavour } from "../innodb/flavour.ts";

export const mysqlFlavour: Flavour = {
  title: "MySQL",
  binlogByDefault: true,
  binlogKept: "MySQL would keep them for 30 days.",
  syncBinlogDefault: "This is MySQL's default, said here because crash safety rests on it.",
  logsUpdates: "log_replica_updates",
  whyReadOnly:
    "A write here would be a transaction that no other member has, and the next failover would trip over it. super_read_only, which holds for administrators too, is set once the server runs: from the start it would keep NixOS from making the server's accounts.",
  semisync: {
    source: "rpl_semi_sync_source",
    replica: "rpl_semi_sync_replica",
    plugins: { source: "semisync_source.so", replica: "semisync_replica.so" },
  },
  redoSetting: "innodb_redo_log_capacity",
  checksumAlgorithm: "crc32",
  flushesDirectDoublewrite: false,
  safe: {
    checksum: ["crc32", "strict_crc32"],
    doublewrite: ["ON", "DETECT_AND_RECOVER"],
    commit: [1],
  },
  ioCapacity: { nvme: null, ssd: 2000, hdd: 200 },
  ioCapacityDefault: "MySQL assumes 10000 since 8.4.",
  sources: {
    binlog: sources.binaryLog,
    binlogSettings: sources.binaryLogOptions,
    doublewrite: sources.doublewrite,
    doublewriteFlush: sources.doublewriteFlush,
    gtid: sources.gtid,
    flushMethod: sources.innodbSettings,
    innodbSettings: sources.innodbSettings,
    ioCapacity: sources.ioCapacity,
    memory: sources.diskIo,
    relayLog: sources.relayLog,
    replicaOptions: sources.replicaOptions,
    semisync: sources.semisync,
    redoLog: sources.redoLog,
    serverSettings: sources.serverSettings,
    temporaryTables: sources.temporaryTables,
  },
};
