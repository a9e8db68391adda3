/**
 * Every metric that the programs and units on a database's host write for node_exporter's textfile collector. Rules,
 * dashboard and documentation know no other.
 */

/** What a metric is told for: the host once, each Btrfs filesystem, or each database. */
export type Subject = "host" | "filesystem" | "database";

/** What writes it: into verify.prom, or for each database into snapshot-NAME.prom and so on. */
export type Writer = "verify" | "snapshot" | "drill" | "backup" | "binlog" | "clones";

export interface Metric {
  readonly type: "gauge" | "counter";
  readonly subject: Subject;
  /** Beside the one that names the subject. */
  readonly labels: readonly string[];
  readonly writer: Writer;
  /** Whether it is there whenever its writer has run; otherwise only where there is something to tell. */
  readonly always: boolean;
  readonly help: string;
}

type Row = readonly [
  type: Metric["type"],
  subject: Subject,
  labels: readonly string[],
  always: boolean,
  help: string,
];

const writtenBy = <Name extends string>(writer: Writer, rows: Readonly<Record<Name, Row>>) =>
  Object.fromEntries(
    Object.entries<Row>(rows).map(([name, [type, subject, labels, always, help]]) => [
      name,
      { type, subject, labels, writer, always, help },
    ]),
  ) as Readonly<Record<Name, Metric>>;

export const metrics = {
  ...writtenBy("verify", {
    dbtrfs_verify_timestamp_seconds: ["gauge", "host", [], true, "When verify last ran to its end."],
    dbtrfs_drift_findings: [
      "gauge",
      "host",
      ["check"],
      true,
      "Differences between the host and its plan, by check.",
    ],
    dbtrfs_device_errors_total: [
      "counter",
      "filesystem",
      ["device", "kind"],
      true,
      "Errors that Btrfs has counted on a device since its counters were last reset (`btrfs device stats`).",
    ],
    dbtrfs_size_bytes: ["gauge", "filesystem", [], true, "Size of all devices together."],
    dbtrfs_unallocated_bytes: [
      "gauge",
      "filesystem",
      [],
      true,
      "Space that belongs neither to data nor to metadata yet.",
    ],
    dbtrfs_data_free_bytes: ["gauge", "filesystem", [], true, "Space allocated for data and unused."],
    dbtrfs_metadata_free_bytes: ["gauge", "filesystem", [], true, "Space allocated for metadata and unused."],
    dbtrfs_scrub_timestamp_seconds: ["gauge", "filesystem", [], true, "When the last scrub ended."],
    dbtrfs_scrub_errors: ["gauge", "filesystem", [], true, "Errors that the last scrub found."],
    dbtrfs_commits_total: [
      "counter",
      "filesystem",
      [],
      true,
      "Commits of the filesystem since it was mounted.",
    ],
    dbtrfs_commit_seconds_total: ["counter", "filesystem", [], true, "Time that these commits took."],
    dbtrfs_commit_max_seconds: ["gauge", "filesystem", [], true, "The longest commit since the mount."],
    dbtrfs_largest_file_extents: [
      "gauge",
      "database",
      ["file"],
      false,
      "Extents (contiguous pieces on the disk) of the database's largest files.",
    ],
    dbtrfs_nocow_shared_ratio: [
      "gauge",
      "database",
      [],
      false,
      "Part of the NOCOW files that snapshots share, so that the next write there is copied: 0 to 1.",
    ],
    dbtrfs_snapshot_newest_timestamp_seconds: [
      "gauge",
      "database",
      [],
      false,
      "When the newest snapshot on the disk was taken.",
    ],
  }),
  ...writtenBy("snapshot", {
    dbtrfs_snapshot_timestamp_seconds: ["gauge", "database", [], true, "When the last snapshot succeeded."],
    dbtrfs_snapshot_seconds: ["gauge", "database", [], true, "How long that run took."],
    dbtrfs_snapshot_pause_seconds: [
      "gauge",
      "database",
      [],
      false,
      "How long commits waited while the filesystem of the log was frozen.",
    ],
    dbtrfs_snapshot_lock_seconds: [
      "gauge",
      "database",
      [],
      false,
      "How long the server was locked for writes.",
    ],
  }),
  ...writtenBy("drill", {
    dbtrfs_drill_success: [
      "gauge",
      "database",
      [],
      true,
      "Whether the last restore drill succeeded: 1 or 0.",
    ],
    dbtrfs_drill_timestamp_seconds: ["gauge", "database", [], true, "When a drill last succeeded."],
    dbtrfs_drill_seconds: ["gauge", "database", [], true, "How long the last drill took."],
  }),
  ...writtenBy("backup", {
    dbtrfs_backup_timestamp_seconds: ["gauge", "database", [], true, "When a backup last succeeded."],
    dbtrfs_backup_seconds: ["gauge", "database", [], true, "How long that backup took."],
  }),
  ...writtenBy("binlog", {
    dbtrfs_binlog_timestamp_seconds: [
      "gauge",
      "database",
      [],
      true,
      "When the binary log was last copied to the backup's target.",
    ],
    dbtrfs_binlog_seconds: ["gauge", "database", [], true, "How long that copy took."],
  }),
  ...writtenBy("clones", {
    dbtrfs_clones_timestamp_seconds: ["gauge", "database", [], true, "When clones were last looked at."],
    dbtrfs_clones: ["gauge", "database", [], true, "How many clones there are."],
    dbtrfs_clones_bytes: ["gauge", "database", [], true, "What they have written, on the disk."],
    dbtrfs_clones_next_end_timestamp_seconds: [
      "gauge",
      "database",
      [],
      false,
      "When the first of them ends.",
    ],
  }),
};

export type MetricName = keyof typeof metrics;

export const metricNames = Object.keys(metrics) as readonly MetricName[];

/** node_exporter's own, from its uname collector, which is on by default: the host that a series is of. */
export const hostMetric = "node_uname_info";
