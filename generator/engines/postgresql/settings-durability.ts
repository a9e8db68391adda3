import { btrfs } from "../../sources/btrfs.ts";
import { postgresqlSources as sources } from "../../sources/postgresql.ts";
import type { SettingRule } from "../types.ts";
import { overwritesInPlace } from "./log-place.ts";

const isOn = [true, "on"] as const;

export const durabilitySettings: readonly SettingRule[] = [
  {
    name: "fsync",
    group: "durability",
    value: () => true,
    reason: () =>
      "Nothing else orders the log before the data on disk: with fsync off a power cut, and any snapshot, can hold a cluster that cannot be recovered.",
    confidence: "documented",
    sources: [sources.walSettings],
    onlySafe: {
      values: isOn,
      invariant: 6,
      why: "without fsync a crash can leave unrecoverable corruption, and full page images protect nothing",
    },
  },
  {
    name: "full_page_writes",
    group: "durability",
    value: () => true,
    reason: ({ layout }) =>
      layout.data === "nocow"
        ? "Btrfs documents partial writes for NOCOW files, so a page of 8 KiB can tear in a power cut; the image in the log repairs it."
        : "A page of 8 KiB is two Btrfs blocks, and nothing documents that Btrfs writes both or neither, not even on CoW; the image in the log repairs a torn page.",
    confidence: "documented",
    sources: [
      sources.walSettings,
      sources.reliability,
      btrfs.noCowPartialWrites,
      btrfs.writesSplitOverCommits,
    ],
    onlySafe: {
      values: isOn,
      invariant: 6,
      why: "nothing documents that Btrfs writes a page of 8 KiB atomically",
    },
  },
  {
    name: "wal_sync_method",
    group: "durability",
    value: ({ layout }) => (layout.logSync === "open_datasync" ? "open_datasync" : undefined),
    reason: ({ layout }) =>
      layout.log !== "own-filesystem" && overwritesInPlace({ layout })
        ? "On a NOCOW log one write with O_DSYNC does what takes a write and an fdatasync otherwise, and is no less durable: measured 1654 transactions a second against 1686, which chance could make as well."
        : "One write with O_DSYNC does what takes a write and an fdatasync otherwise, and is no less durable.",
    confidence: "measured",
    sources: [sources.walSettings, sources.pgTestFsync],
    evidence: ["postgresql-oltp-log-nocow-4k", "postgresql-oltp-log-nocow-4k-datasync"],
    onlySafe: {
      values: ["fdatasync", "fsync", "open_datasync", "open_sync"],
      invariant: 10,
      why: "these are the methods that Linux has; another keeps the server from starting",
    },
  },
];
