import type { Capture } from "../../capture/schema.ts";
import type { Finding, FindingRule } from "../../findings/finding.ts";
import type { Dialect } from "../dialect.ts";

/** What is wrong with the value of one setting. */
interface Judgement extends Pick<Finding, "title" | "explanation" | "migration"> {
  readonly setting: string;
  readonly isUnsafe: (value: string, capture: Capture) => boolean;
}

const settingRule = (
  id: string,
  severity: FindingRule["severity"],
  { setting, isUnsafe, ...rest }: Judgement,
): FindingRule => ({
  id,
  severity,
  about: rest.title,
  find: ({ capture }) => {
    const value = capture.settings[setting];
    if (value === undefined || !isUnsafe(value, capture)) return [];
    return [{ ...rest, evidence: [{ source: setting, found: value }] }];
  },
});

const noneOf =
  (values: readonly (string | number | boolean)[]) =>
  (value: string): boolean =>
    !values.some((safe) => String(safe).toLowerCase() === value.toLowerCase());

const commits = ({ flavour }: Dialect): FindingRule =>
  settingRule("commit-not-durable", "alarm", {
    setting: "innodb_flush_log_at_trx_commit",
    isUnsafe: noneOf(flavour.safe.commit),
    title: "commits are answered before they are on disk",
    explanation:
      "A power cut, and with 0 a crash of the server too, takes the commits of about the last second with it, though clients were told that they succeeded.",
    migration: ["SET GLOBAL innodb_flush_log_at_trx_commit = 1, and in the server's configuration"],
  });

const doublewrite = ({ flavour }: Dialect): FindingRule =>
  settingRule("doublewrite-off", "alarm", {
    setting: "innodb_doublewrite",
    isUnsafe: noneOf(flavour.safe.doublewrite),
    title: "torn pages cannot be mended",
    explanation:
      "A page of 16 KiB is four blocks of Btrfs, and nothing documents that Btrfs writes all of them or none, on CoW data no more than on NOCOW. Without a copy in the doublewrite buffer a page that a power cut tears is lost, and the server may not start again.",
    migration: ["innodb_doublewrite = ON in the server's configuration, and restart it"],
  });

const binlogSync: FindingRule = settingRule("binlog-not-synced", "alarm", {
  setting: "sync_binlog",
  isUnsafe: (value, { settings }) => settings.log_bin === "ON" && value !== "1",
  title: "the binary log is not on disk when a commit is answered",
  explanation:
    "After a power cut the binary log may lack transactions that InnoDB has: a restore to a moment misses them, and replicas differ from their source.",
  migration: ["SET GLOBAL sync_binlog = 1, and in the server's configuration"],
});

const redoChecksums: FindingRule = settingRule("redo-checksums-off", "alarm", {
  setting: "innodb_log_checksums",
  isUnsafe: noneOf(["ON"]),
  title: "the redo log has no checksums",
  explanation: "Recovery takes a torn or rotten log record for a good one.",
  migration: ["SET GLOBAL innodb_log_checksums = ON, and in the server's configuration"],
});

const redoDisabled: FindingRule = settingRule("redo-log-disabled", "alarm", {
  setting: "Innodb_redo_log_enabled",
  isUnsafe: noneOf(["ON"]),
  title: "the redo log is switched off",
  explanation:
    "It may be off while a new server is loaded, and at no other time: after a crash this one cannot recover at all.",
  migration: ["ALTER INSTANCE ENABLE INNODB REDO_LOG"],
});

const binlogKept = ({ flavour }: Dialect): FindingRule =>
  settingRule("binlog-kept-for-ever", "note", {
    setting: "binlog_expire_logs_seconds",
    isUnsafe: (value, { settings }) => settings.log_bin === "ON" && Number(value) === 0,
    title: "binary logs are never deleted",
    explanation: `They fill the filesystem in time. ${flavour.title} deletes those that are older than binlog_expire_logs_seconds.`,
    migration: ["SET GLOBAL binlog_expire_logs_seconds = 604800, and in the server's configuration"],
  });

const pageChecksums = ({ flavour }: Dialect): FindingRule =>
  settingRule("page-checksums-off", "alarm", {
    setting: "innodb_checksum_algorithm",
    isUnsafe: (value) => /^(strict_)?none$/i.test(value),
    title: "pages are written without checksums",
    explanation:
      "InnoDB reads a page that was damaged between it and the disk as if it were good, and a half-written one too.",
    migration: [
      `SET GLOBAL innodb_checksum_algorithm = ${flavour.checksumAlgorithm}, and in the server's configuration; ALTER TABLE … FORCE writes the checksums of a table's pages`,
    ],
  });

export const durabilityRules = (dialect: Dialect): readonly FindingRule[] => [
  commits(dialect),
  doublewrite(dialect),
  pageChecksums(dialect),
  binlogSync,
  ...(dialect.engine === "mysql" ? [redoChecksums, redoDisabled] : []),
  binlogKept(dialect),
];
