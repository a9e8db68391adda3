import { mariadbSources as sources } from "../../sources/mariadb.ts";
import { innodbOwnerDuties } from "../innodb/owner-duties.ts";
import type { Claim } from "../types.ts";

export const mariadbOwnerDuties: readonly Claim[] = [
  {
    text: "Aria and MyISAM tables of your own are not crash-safe like InnoDB's, so a snapshot of the running server may hold them half written. Convert them (ALTER TABLE … ENGINE = InnoDB), or take the snapshot between BACKUP STAGE BLOCK_COMMIT and BACKUP STAGE END.",
    confidence: "documented",
    sources: [sources.backupStage, sources.aria],
  },
  ...innodbOwnerDuties({
    externalTables: sources.innodbSettings,
    pageCompression: sources.pageCompression,
    binlog: sources.binaryLogSettings,
  }),
  {
    text: "Before a restored copy runs as a second server for good, give it another server_id, start it with skip_slave_start and event_scheduler = OFF, or it replicates and runs events like the first.",
    confidence: "inferred",
    sources: [sources.binaryLogSettings],
  },
  {
    text: "In a restored snapshot, files whose names begin with #sql are left over from an ALTER TABLE that was running; those of other engines than InnoDB are yours to delete.",
    confidence: "documented",
    sources: [sources.backupStage],
  },
];
