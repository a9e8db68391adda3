import { mysqlSources as sources } from "../../sources/mysql.ts";
import { innodbConnections } from "../innodb/connections.ts";
import { innodbPageChecksums, innodbSnapshot, innodbSplitSnapshot } from "../innodb/snapshot.ts";
import type { EngineFacts } from "../types.ts";
import { mysqlComponents } from "./components.ts";
import { mysqlOwnerDuties } from "./owner-duties.ts";
import { mysqlSeries } from "./series.ts";
import { mysqlSettings } from "./settings.ts";

export const mysql: EngineFacts = {
  engine: "mysql",
  title: "MySQL",
  family: "innodb",
  series: mysqlSeries,
  components: mysqlComponents,
  pageChecksums: innodbPageChecksums(
    "Every page of a tablespace carries a CRC-32C (innodb_checksum_algorithm, crc32 by default), every block of the redo log another. A page is checked when it is read from disk; the binary log has checksums of its events.",
    sources.innodbSettings,
  ),
  unrepairedPage: {
    text: "Each start reads the page of the transaction system (page 5 of ibdata1) before it restores pages from the doublewrite file. One that a power cut left half written keeps MySQL from starting: seen with 9.7, where the doublewrite file had it whole. dbtrfs-mend copies it back from there, and then MySQL starts.",
    confidence: "inferred",
    sources: [sources.doublewrite, sources.startOrder],
  },
  snapshot: innodbSnapshot([sources.recovery, sources.backupMethods]),
  splitSnapshot: innodbSplitSnapshot([sources.redoLog]),
  settings: mysqlSettings,
  ownerDuties: mysqlOwnerDuties,
  defaultConnections: innodbConnections,
};
