import type { SettingRule } from "../types.ts";
import type { Flavour } from "./flavour.ts";
import { binlogSettings } from "./settings-binlog.ts";
import { durabilitySettings } from "./settings-durability.ts";
import { logSettings } from "./settings-log.ts";
import { memorySettings } from "./settings-memory.ts";
import { replicationSettings } from "./settings-replication.ts";
import { storageSettings } from "./settings-storage.ts";

/**
 * Left at their defaults on purpose, in both servers: innodb_use_native_aio (the Btrfs bugs are older than any kernel
 * that is planned for); innodb_log_file_buffering (MariaDB decides it by the filesystem and ignores what it cannot do);
 * innodb_extend_and_initialize (either value preallocates, so neither helps compression); innodb_undo_directory and
 * innodb_directories (nothing lies outside the data directory but redo and binary log); innodb_dedicated_server
 * (it sizes for the whole machine); innodb_buffer_pool_dump_at_shutdown and its companions (on, a quarter of the pool);
 * performance_schema; table_open_cache and thread_cache_size; the I/O threads.
 */
export const innodbSettings = (flavour: Flavour): readonly SettingRule[] => [
  ...durabilitySettings(flavour),
  ...replicationSettings(flavour),
  ...logSettings(flavour),
  ...binlogSettings(flavour),
  ...storageSettings(flavour),
  ...memorySettings(flavour),
];
