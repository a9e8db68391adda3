import { btrfs } from "../../sources/btrfs.ts";
import { clusterSources } from "../../sources/clusters.ts";
import { mariadbSources as sources } from "../../sources/mariadb.ts";
import { mysqlSources } from "../../sources/mysql.ts";
import { bufferedFiles, safeFlushMethods } from "../innodb/settings-storage.ts";
import { optionSize } from "../innodb/sizes.ts";
import { inMebibytes, roundMebibytes } from "../sizes.ts";
import type { SettingContext, SettingRule } from "../types.ts";
import { mariadbFlavour } from "./flavour.ts";

/** From 11.0 on innodb_flush_method is deprecated, and what it did has settings of its own. */
const newFileSettings = "11.0";

const smallGiB = 2;
const largeGiB = 16;

const ariaCache = ({ memoryGiB, workload }: SettingContext): string | undefined => {
  if (memoryGiB < smallGiB) return "32M";
  if (workload !== "analytics" || memoryGiB < largeGiB) return undefined;
  return optionSize(Math.min(inMebibytes(1), roundMebibytes(inMebibytes(memoryGiB) / 32)));
};

export const storageSettings: readonly SettingRule[] = [
  bufferedFiles(mariadbFlavour, {
    name: "innodb_flush_method",
    until: newFileSettings,
    buffered: "fsync",
    onlySafe: safeFlushMethods,
  }),
  bufferedFiles(mariadbFlavour, {
    name: "innodb_data_file_buffering",
    since: newFileSettings,
    buffered: "ON",
  }),
  {
    name: "innodb_flush_neighbors",
    group: "storage",
    value: ({ disk }) => (disk === "hdd" ? undefined : 0),
    reason: () =>
      "Writing the neighbours of a dirty page saves head movements, which an SSD does not have. MariaDB leaves it out by itself where it sees an SSD, but through Btrfs it cannot see the disk.",
    confidence: "inferred",
    sources: [sources.innodbSettings, sources.pageFlushing],
  },
  {
    name: "innodb_io_capacity_max",
    group: "storage",
    value: ({ disk }) => (disk === "hdd" ? 400 : undefined),
    reason: () =>
      "When the redo log runs full MariaDB would write 2000 pages a second, ten times what a spinning disk takes, and nothing else would get a turn.",
    confidence: "inferred",
    sources: [sources.innodbSettings, sources.pageFlushing],
  },
];

export const logSettings: readonly SettingRule[] = [
  {
    name: "innodb_log_write_ahead_size",
    group: "log",
    value: ({ layout }) => (layout.log === "own-filesystem" ? undefined : 4096),
    reason: () =>
      "MariaDB cannot find the block size of a disk through Btrfs and writes the log in units of 512 bytes. Btrfs writes blocks of 4 KiB, and one that has left the page cache must be read before an eighth of it is replaced; with this setting the server writes whole blocks.",
    confidence: "inferred",
    sources: [sources.innodbSettings, sources.logReadsBeforeWrites, btrfs.sectorsize],
    sinceMinor: { "10.11": "10.11.9", "11.4": "11.4.3" },
  },
  {
    name: "innodb_log_buffer_size",
    group: "log",
    value: ({ profile, memoryGiB }) => (profile.writeShare >= 0.3 && memoryGiB >= 4 ? "64M" : undefined),
    reason: () =>
      "Transactions that change much fill the default of 16 MiB and then wait for the log to be written; MySQL raised its own default to 64 MiB for that in 8.4.",
    confidence: "inferred",
    sources: [sources.innodbSettings, mysqlSources.newIn84],
  },
];

export const memorySettings: readonly SettingRule[] = [
  {
    name: "key_buffer_size",
    group: "memory",
    value: ({ memoryGiB }) => (memoryGiB < 4 ? "16M" : undefined),
    reason: () =>
      "It caches indexes of MyISAM tables only, and here the tables are InnoDB: on a small server the default of 128 MiB is better spent elsewhere.",
    confidence: "documented",
    sources: [sources.memoryAllocation],
  },
  {
    name: "aria_pagecache_buffer_size",
    group: "memory",
    value: ariaCache,
    reason: ({ memoryGiB }) =>
      memoryGiB < smallGiB
        ? "The default of 128 MiB is much of this server's memory, and only the system tables and temporary tables on disk use it."
        : "Temporary tables that do not fit into memory are Aria tables, and large queries make many: a thirty-second of the memory caches their pages, at most 1 GiB.",
    confidence: "inferred",
    sources: [sources.ariaSettings, sources.memoryAllocation],
  },
];

const rowFormat: SettingRule = {
  name: "binlog_format",
  group: "replication",
  value: ({ cluster }) => (cluster ? "ROW" : undefined),
  reason: ({ cluster }) =>
    cluster?.kind === "galera"
      ? "Galera sends rows; it knows no other format."
      : "Changes are sent as rows. MariaDB's default mixes them with statements, which can have another result on a replica.",
  confidence: "documented",
  sources: [sources.binaryLogSettings, clusterSources.galeraConfiguration],
  onlySafe: {
    values: ["ROW"],
    invariant: 16,
    why: "a statement can have another result on another member, and Galera sends rows alone",
    where: (cluster) => cluster !== null,
  },
};

export const replicationSettings: readonly SettingRule[] = [
  rowFormat,
  {
    name: "gtid_strict_mode",
    group: "replication",
    value: ({ cluster }) => (cluster?.kind === "gtid" ? "ON" : undefined),
    reason: () =>
      "A transaction that would come out of order stops the replica instead of leaving members that differ in silence.",
    confidence: "documented",
    sources: [sources.gtid],
    onlySafe: {
      values: ["ON"],
      invariant: 16,
      why: "without it binary logs of members can diverge in silence",
      where: (cluster) => cluster?.kind === "gtid",
    },
  },
  {
    name: "innodb_autoinc_lock_mode",
    group: "replication",
    value: ({ cluster }) => (cluster?.kind === "galera" ? 2 : undefined),
    reason: () =>
      "Interleaved, which Galera requires: rows are applied in parallel on other members, where the lock of the other modes deadlocks.",
    confidence: "documented",
    sources: [clusterSources.galeraConfiguration, sources.innodbSettings],
    onlySafe: {
      values: [2],
      invariant: 16,
      why: "with another mode Galera's appliers deadlock",
      where: (cluster) => cluster?.kind === "galera",
    },
  },
];
