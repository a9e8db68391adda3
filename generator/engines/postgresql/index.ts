import type { EngineFacts, SettingRule } from "../types.ts";
import { postgresqlComponents } from "./components.ts";
import { initdbArguments } from "./initdb-arguments.ts";
import { postgresqlOwnerDuties } from "./owner-duties.ts";
import { postgresqlSeries } from "./series.ts";
import { durabilitySettings } from "./settings-durability.ts";
import { logSettings } from "./settings-log.ts";
import { memorySettings } from "./settings-memory.ts";
import { parallelismSettings } from "./settings-parallelism.ts";
import { plannerSettings } from "./settings-planner.ts";
import { replicationSettings } from "./settings-replication.ts";
import { storageSettings } from "./settings-storage.ts";
import { pageChecksums, snapshot, splitSnapshot } from "./snapshot.ts";

/**
 * Left at their defaults on purpose: synchronous_commit; wal_buffers (sizes itself to what PGTune would say);
 * checkpoint_flush_after and bgwriter_flush_after (no source asks for another value on Btrfs); io_method (no source
 * recommends io_uring on Btrfs); recovery_init_sync_method; checkpoint_completion_target (0.9 in every series);
 * archive_mode and archive_command, which the backup tool sets.
 */
const settings: readonly SettingRule[] = [
  ...durabilitySettings,
  ...replicationSettings,
  ...logSettings,
  ...storageSettings,
  ...memorySettings,
  ...plannerSettings,
  ...parallelismSettings,
];

export const postgresql: EngineFacts = {
  engine: "postgresql",
  title: "PostgreSQL",
  family: "postgresql",
  series: postgresqlSeries,
  components: postgresqlComponents,
  pageChecksums,
  snapshot,
  splitSnapshot,
  settings,
  initArguments: initdbArguments,
  ownerDuties: postgresqlOwnerDuties,
  /** PGTune's numbers for its OLTP, web, mixed and data warehouse classes; 100, the engine's default, for the rest. */
  defaultConnections: { oltp: 300, append: 100, analytics: 40, "read-mostly": 200, queue: 100, mixed: 100 },
};
