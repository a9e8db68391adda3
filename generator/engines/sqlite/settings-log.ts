import { btrfs } from "../../sources/btrfs.ts";
import { sqliteSources as sources } from "../../sources/sqlite.ts";
import type { SettingContext, SettingRule } from "../types.ts";
import { pageBytes } from "./settings-storage.ts";

const MiB = 1024 * 1024;
const defaultCheckpointPages = 1000;
const checkpointBytes = 16 * MiB;
const leftoverBytes = 4 * checkpointBytes;

/** Readers search the log, and the commit that checkpoints waits: both speak for the short default. */
const writesMatterMore = (c: SettingContext) => c.profile.writeShare >= 0.3 && c.prefer !== "latency";

const checkpointPages = (c: SettingContext): number =>
  Math.floor(checkpointBytes / 1000 / pageBytes(c)) * 1000;

export const walAutocheckpoint: SettingRule = {
  name: "wal_autocheckpoint",
  group: "log",
  value: (c) =>
    writesMatterMore(c) && checkpointPages(c) > defaultCheckpointPages ? checkpointPages(c) : undefined,
  reason: (c) =>
    `A checkpoint each ${checkpointPages(c)} pages (16 MB of log) instead of 1000: a page that changes often is copied back, and on CoW written to a new place, less often, and there are fewer of the checkpoints' two fsyncs. The log is longer for readers, and the commit that runs a checkpoint waits longer.`,
  confidence: "inferred",
  sources: [sources.walAutocheckpoint, sources.wal, sources.corruption],
};

export const journalSizeLimit: SettingRule = {
  name: "journal_size_limit",
  group: "log",
  value: () => leftoverBytes,
  reason: () =>
    "A large transaction or a long reader lets the log grow, and SQLite never shrinks it by itself: the next reset cuts it to 64 MiB, so that snapshots do not keep the rest. Logs of ordinary size are overwritten as before.",
  confidence: "documented",
  sources: [sources.journalSizeLimit, sources.walGrowth, btrfs.extentsFreedAsAWhole],
};
