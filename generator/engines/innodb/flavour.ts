import type { Source } from "../../sources/types.ts";
import type { DiskKind } from "../../spec/schema.ts";
import type { SettingContext, SettingValue } from "../types.ts";

/**
 * In what MySQL and MariaDB differ where they share a rule. Rules that only one of them has live in its own
 * folder.
 */
export interface Flavour {
  readonly title: "MySQL" | "MariaDB";
  /** MySQL writes a binary log unless told otherwise, MariaDB only when told. */
  readonly binlogByDefault: boolean;
  /** What happens to binary logs that nobody purges. */
  readonly binlogKept: string;
  /** What sync_binlog is where nobody sets it. */
  readonly syncBinlogDefault: string;
  /** The setting by which a replica logs what it applies. */
  readonly logsUpdates: string;
  /** Why a replica refuses writes by read_only. */
  readonly whyReadOnly: string;
  /** Prefixes of the settings of semisynchronous replication, and its plugins where it is not built in. */
  readonly semisync: {
    readonly source: string;
    readonly replica: string;
    readonly plugins?: { readonly source: string; readonly replica: string };
  };
  readonly redoSetting: string;
  readonly checksumAlgorithm: string;
  /** Whether the doublewrite buffer is flushed before the pages are written, even with O_DIRECT. */
  readonly flushesDirectDoublewrite: boolean;
  /** Values that an override may give. */
  readonly safe: {
    readonly checksum: readonly SettingValue[];
    readonly doublewrite: readonly SettingValue[];
    readonly commit: readonly SettingValue[];
  };
  /** Pages that the background threads may write a second; null where the server's default fits the disk. */
  readonly ioCapacity: Readonly<Record<DiskKind, number | null>>;
  readonly ioCapacityDefault: string;
  readonly sources: Readonly<Record<FlavourSource, Source>>;
}

type FlavourSource =
  | "binlog"
  | "binlogSettings"
  | "doublewrite"
  | "doublewriteFlush"
  | "flushMethod"
  | "gtid"
  | "innodbSettings"
  | "ioCapacity"
  | "memory"
  | "redoLog"
  | "relayLog"
  | "replicaOptions"
  | "semisync"
  | "serverSettings"
  | "temporaryTables";

/** Whether the server writes a binary log: by default, for restores to a moment, or because it has its own place. */
export const hasBinlog = (
  flavour: Flavour,
  { pointInTime, directories }: Pick<SettingContext, "pointInTime" | "directories">,
): boolean => flavour.binlogByDefault || pointInTime || directories.binlog !== null;
