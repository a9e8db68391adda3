import type { FindingRule, Severity } from "../../findings/finding.ts";
import { set, sql } from "./migration.ts";

interface UnsafeSetting {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly severity: Severity;
  readonly title: string;
  readonly explanation: string;
  readonly migration: readonly string[];
}

/** Settings of which one value gives up what the database is trusted for (runtime-config-wal.html, -developer.html, -autovacuum.html). */
const unsafeSettings: readonly UnsafeSetting[] = [
  {
    id: "postgresql-fsync-off",
    name: "fsync",
    value: "off",
    severity: "alarm",
    title: "fsync is off: a crash of the system can leave a database that cannot be repaired",
    explanation:
      "The server does not wait until data and log have reached the disk, and Btrfs may write them in any order.",
    migration: [set("fsync", "on"), "sync"],
  },
  {
    id: "postgresql-full-page-writes-off",
    name: "full_page_writes",
    value: "off",
    severity: "alarm",
    title: "full_page_writes is off: a page that was half written when power failed stays so, unnoticed",
    explanation:
      "Nothing documents that Btrfs writes a page of 8 KiB as a whole: it stores blocks of 4 KiB, and without copy-on-write it overwrites them in place.",
    migration: [set("full_page_writes", "on"), sql("CHECKPOINT")],
  },
  {
    id: "postgresql-zero-damaged-pages",
    name: "zero_damaged_pages",
    value: "on",
    severity: "alarm",
    title: "zero_damaged_pages is on: each damaged page that is read is lost, with a warning at most",
    explanation: "It is meant for rescuing what is left of a damaged table, by hand and for one session.",
    migration: [set("zero_damaged_pages", "off")],
  },
  {
    id: "postgresql-checksum-failures-ignored",
    name: "ignore_checksum_failure",
    value: "on",
    severity: "alarm",
    title: "ignore_checksum_failure is on: damage that the checksums show spreads, as if they were not there",
    explanation:
      "The server goes on with damaged pages, writes them back, and copies them to standbys and backups.",
    migration: [set("ignore_checksum_failure", "off")],
  },
  {
    id: "postgresql-autovacuum-off",
    name: "autovacuum",
    value: "off",
    severity: "caution",
    title: "autovacuum is off: the tables keep every old version of a row, and grow without end",
    explanation:
      "Nothing frees the room of updated and deleted rows but a VACUUM by hand, nor keeps the statistics that plans rest on.",
    migration: [set("autovacuum", "on")],
  },
];

export const unsafeSettingRules: readonly FindingRule[] = unsafeSettings.map(
  ({ id, name, value, severity, title, explanation, migration }) => ({
    id,
    severity,
    about: title,
    find: ({ capture }) =>
      capture.settings[name] === value
        ? [
            {
              title,
              explanation,
              evidence: [{ source: `SHOW ${name}`, found: value }],
              migration,
            },
          ]
        : [],
  }),
);
