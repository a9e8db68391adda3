import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import type { EngineFacts } from "../types.ts";

export const pageChecksums: EngineFacts["pageChecksums"] = {
  has: true,
  text: "Every page of a table or index carries a checksum where initdb was told so (--data-checksums; the default from series 18 on). Transaction status (pg_xact, pg_multixact) and temporary files have none.",
  confidence: "documented",
  sources: [sources.checksums, sources.reliability, sources.release18],
};

export const snapshot: EngineFacts["snapshot"] = {
  text: "One atomic snapshot of the data directory together with pg_wal, and of all tablespaces if there are any, is a sound copy of a running server: starting from it is a crash recovery. A CHECKPOINT just before shortens that recovery.",
  confidence: "documented",
  sources: [sources.fileBackup],
};

/** The session that calls pg_backup_start must stay open until pg_backup_stop: modules/snapshot/postgresql.sh. */
export const splitSnapshot: EngineFacts["splitSnapshot"] = {
  method: "backup-api",
  text: "With the log on another filesystem two snapshots are two moments, and the manual asks for simultaneous ones. What remains is a base backup: pg_backup_start, snapshot of the data, pg_backup_stop in one session, with all log from start to stop kept and backup_label written into the copy.",
  confidence: "documented",
  sources: [sources.fileBackup, sources.backupApi],
};
