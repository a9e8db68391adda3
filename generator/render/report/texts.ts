/** What every report says, whatever the host. */

export interface Word {
  readonly term: string;
  readonly meaning: string;
}

export const words: readonly Word[] = [
  {
    term: "CoW",
    meaning:
      "copy-on-write. Btrfs writes a changed block to a new place. Checksums, compression and cheap snapshots rest on it; a file that is rewritten at random ends up in many pieces (extents).",
  },
  {
    term: "NOCOW",
    meaning:
      "the file attribute +C: changed blocks are overwritten where they are, without checksums or compression by Btrfs. After a snapshot the first write to a block is copied all the same.",
  },
  {
    term: "Subvolume",
    meaning:
      "a part of a filesystem with a mount of its own. A snapshot captures one subvolume at one moment.",
  },
  {
    term: "Log",
    meaning:
      "the database's own write-ahead or redo log, which every commit flushes (fsync); not its messages.",
  },
  { term: "Node", meaning: "a block of the trees in which Btrfs keeps its metadata." },
  {
    term: "Measured",
    meaning:
      "a run had this engine, layout and class of workload, and data that does or does not fit into memory as here; its version, kernel and disk may differ (see Evidence), and it was not made on this host.",
  },
  { term: "Documented", meaning: "a source says so." },
  { term: "Inferred", meaning: "concluded from measurements or sources." },
  { term: "Plain Btrfs", meaning: "what mkfs.btrfs and a plain start of the server give." },
  {
    term: "One flipped bit in a table",
    meaning:
      "what the lab saw when a bit of a row was flipped on the disk and the row was read, in so many tries, with the nearest version of the server that it has.",
  },
  {
    term: "Score",
    meaning:
      "what a candidate gains over plain Btrfs, weighed by workload and preference; 0 is plain Btrfs, more is better. Against data with checksums, NOCOW data is credited only with what chance cannot explain.",
  },
];

export const aboutAlerts =
  "monitoring/rules.yml has these alerts for Prometheus, each with its fix, and monitoring/dashboard.json shows the same numbers in Grafana. Where this host runs node_exporter, Prometheus or Grafana itself they are wired up; elsewhere copy the files.";

export const aboutBackupRestore =
  "What is newest there, into the directories as they are; docs/backups.md has the rest.";

export const aboutSnapshotRestore =
  "As root on the host. The copy is started and checked before it is said to be done; docs/restore.md has what happens step by step.";
