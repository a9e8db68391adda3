import { mysqlSources as sources } from "../../sources/mysql.ts";
import type { Flavour } from "../innodb/flavour.ts";

export const mysqlFlavour: Flavour = {
  title: "MySQL",
  binlogByDefault: true,
  binlogKept: "MySQL would keep them for 30 days.",
  syncBinlogDefault: "This is MySQL's default, said here because crash safety rests on it.",
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
    flushMethod: sources.innodbSettings,
    innodbSettings: sources.innodbSettings,
    ioCapacity: sources.ioCapacity,
    memory: sources.diskIo,
    redoLog: sources.redoLog,
    serverSettings: sources.serverSettings,
    temporaryTables: sources.temporaryTables,
  },
};
