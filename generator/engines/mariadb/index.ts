import { mariadbSources as sources } from "../../sources/mariadb.ts";
import { innodbConnections } from "../innodb/connections.ts";
import { innodbSettings } from "../innodb/settings.ts";
import { innodbPageChecksums, innodbSnapshot, innodbSplitSnapshot } from "../innodb/snapshot.ts";
import type { EngineFacts } from "../types.ts";
import { mariadbComponents } from "./components.ts";
import { mariadbFlavour } from "./flavour.ts";
import { mariadbOwnerDuties } from "./owner-duties.ts";
import { mariadbSeries } from "./series.ts";
import { logSettings, memorySettings, replicationSettings, storageSettings } from "./settings-own.ts";

export const mariadb: EngineFacts = {
  engine: "mariadb",
  title: "MariaDB",
  family: "innodb",
  series: mariadbSeries,
  components: mariadbComponents,
  pageChecksums: innodbPageChecksums(
    "Every page of a tablespace carries a CRC-32C over all of it (innodb_checksum_algorithm, full_crc32 by default), every record of the redo log another. A page is checked when it is read from disk.",
    sources.innodbSettings,
  ),
  snapshot: innodbSnapshot([sources.redoLog, sources.backupStage]),
  splitSnapshot: innodbSplitSnapshot([sources.redoLog]),
  settings: [
    ...innodbSettings(mariadbFlavour),
    ...replicationSettings,
    ...storageSettings,
    ...logSettings,
    ...memorySettings,
  ],
  ownerDuties: mariadbOwnerDuties,
  defaultConnections: innodbConnections,
};
