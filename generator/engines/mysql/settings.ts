import { btrfs } from "../../sources/btrfs.ts";
import { mysqlSources as sources } from "../../sources/mysql.ts";
import { innodbSettings } from "../innodb/settings.ts";
import { bufferedFiles, safeFlushMethods } from "../innodb/settings-storage.ts";
import { optionSize } from "../innodb/sizes.ts";
import { inMebibytes, inWords, roundMebibytes } from "../sizes.ts";
import type { SettingRule } from "../types.ts";
import { mysqlFlavour } from "./flavour.ts";

const leastTemptableMiB = 64;
const enoughForDefaultGiB = 16;

/** Rules that only MySQL has, or has in another form than MariaDB. */
const gtid = (name: string, reason: string, why: string): SettingRule => ({
  name,
  group: "replication",
  value: ({ cluster }) => (cluster?.kind === "gtid" ? "ON" : undefined),
  reason: () => reason,
  confidence: "documented",
  sources: [sources.gtid],
  onlySafe: { values: ["ON"], invariant: 16, why, where: (cluster) => cluster?.kind === "gtid" },
});

const own: readonly SettingRule[] = [
  gtid(
    "gtid_mode",
    "Every transaction has an identifier of its own, so that a replica finds its place at any primary by itself.",
    "without identifiers a replica's place is a file and an offset, which another primary does not have",
  ),
  gtid(
    "enforce_gtid_consistency",
    "Statements that cannot be one transaction with one identifier are refused; gtid_mode wants it.",
    "gtid_mode does not start without it",
  ),
  bufferedFiles(mysqlFlavour, {
    name: "innodb_flush_method",
    buffered: "fsync",
    onlySafe: safeFlushMethods,
  }),
  {
    name: "innodb_log_checksums",
    group: "durability",
    value: ({ layout }) => (layout.data === "nocow" || layout.log !== "in-place" ? "ON" : undefined),
    reason: () =>
      "The redo log lies where Btrfs keeps no checksums of it; its own tell recovery where the valid log ends.",
    confidence: "documented",
    sources: [sources.innodbSettings, btrfs.noCowHasNoChecksums],
    onlySafe: {
      values: ["ON"],
      invariant: 5,
      why: "without them recovery takes a torn or rotten log record for a good one",
    },
  },
  {
    name: "temptable_max_ram",
    group: "memory",
    value: ({ memoryGiB }) =>
      memoryGiB < enoughForDefaultGiB
        ? optionSize(Math.max(leastTemptableMiB, roundMebibytes(inMebibytes(memoryGiB) / 16)))
        : undefined,
    reason: ({ memoryGiB }) =>
      `MySQL lets the internal temporary tables of all sessions take 1 GiB of memory or more, whatever the server has; of ${inWords(memoryGiB)} a sixteenth is enough, and the rest of a large result goes to disk.`,
    confidence: "inferred",
    sources: [sources.temporaryTables, sources.newIn84],
  },
];

export const mysqlSettings: readonly SettingRule[] = [...innodbSettings(mysqlFlavour), ...own];
