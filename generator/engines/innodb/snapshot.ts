import { btrfs } from "../../sources/btrfs.ts";
import type { Source } from "../../sources/types.ts";
import type { EngineFacts } from "../types.ts";

export const innodbPageChecksums = (text: string, source: Source): EngineFacts["pageChecksums"] => ({
  has: true,
  text,
  confidence: "documented",
  sources: [source],
});

export const innodbSnapshot = (sources: readonly Source[]): EngineFacts["snapshot"] => ({
  text: "One atomic snapshot that holds tablespaces, redo log, undo, doublewrite buffer and binary log is what a power cut would leave, and a server started from it recovers like after one. This holds for InnoDB tables; others need the server's backup lock while the snapshot is taken.",
  confidence: "inferred",
  sources: [...sources, btrfs.snapshotIsOneSubvolume],
});

/**
 * Nothing in the data files is newer than the durable log, and the checkpoint moves only by a write to the log.
 * docs/testing.md counts the fenced snapshots that were started and checked; modules/snapshot/freeze.sh takes them.
 */
export const innodbSplitSnapshot = (sources: readonly Source[]): EngineFacts["splitSnapshot"] => ({
  method: "fence",
  text: "With the redo log on another filesystem two snapshots are two moments, and the copy is damaged. The order of writes allows a fence: freeze the log's filesystem, snapshot the data, copy the log into the snapshot, thaw. Of 200 taken so with each of MySQL and MariaDB under load, every one started and was whole; commits wait meanwhile, a tenth of a second there.",
  confidence: "inferred",
  sources: [...sources, btrfs.snapshotIsOneSubvolume],
});
