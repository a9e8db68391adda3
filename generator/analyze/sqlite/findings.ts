import { walResetBug } from "../../engines/sqlite/index.ts";
import { parseVersion } from "../../version.ts";
import type { Capture } from "../capture/schema.ts";
import type { StorageComponent } from "../capture/storage.ts";
import type { FindingRule } from "../findings/finding.ts";
import { gauges } from "./counter-names.ts";

const dataOf = ({ storage }: Capture): StorageComponent | null =>
  storage?.components.find(({ role }) => role === "data") ?? null;

const walReset: FindingRule = {
  id: "wal-reset-bug",
  severity: "alarm",
  about: "the SQLite that last wrote has the WAL-reset bug, in WAL mode",
  find: ({ capture: { server, settings } }) => {
    if (!settings.journal_mode?.includes("wal") || walResetBug(parseVersion(server.version)) !== "present")
      return [];
    if (server.version.split(".").length < 3) return [];
    return [
      {
        title: "the SQLite that writes here can corrupt a database in WAL mode",
        explanation:
          "Up to 3.51.2 two connections that write and checkpoint at once can run into a rare race that corrupts the database; 3.51.3, 3.50.7 and 3.44.6 have it mended (https://www.sqlite.org/wal.html#walresetbug).",
        evidence: [
          { source: "header, version of the last writer", found: settings.written_by ?? server.version },
        ],
        migration: [
          "Update SQLite in the application that writes here, and everything that brings a copy of its own",
        ],
      },
    ];
  },
};

/** Ten times the length at which a writer makes a checkpoint by default (wal_autocheckpoint). */
const longLog = 10_000;

const logGrows: FindingRule = {
  id: "log-does-not-begin-anew",
  severity: "caution",
  about: "the write-ahead log grows and does not begin anew",
  find: ({ capture: { samples } }) => {
    const last = samples.at(-1);
    const frames = last?.gauges[gauges.liveFrames] ?? 0;
    if (frames < longLog) return [];
    return [
      {
        title: "the write-ahead log grows and does not begin anew",
        explanation:
          "A reader that stays open, or a wal_autocheckpoint that was raised or switched off, keeps it from being overwritten: it takes ever more space, and every read has to look into it.",
        evidence: [
          { source: "frames of the log in use", found: `${frames}` },
          { source: "bytes of -wal files", found: `${last?.gauges[gauges.walFileBytes] ?? 0}` },
        ],
        migration: [
          "Keep read transactions short, and run PRAGMA wal_checkpoint(TRUNCATE) in the application when none is open",
        ],
      },
    ];
  },
};

/** A journal makes two or three flushes of each commit; one a minute is nothing to mend. */
const manyCommits = 1;

const rollbackJournal: FindingRule = {
  id: "rollback-journal",
  severity: "note",
  about: "a database that commits often keeps a rollback journal",
  find: ({ capture: { settings }, measured: { measured } }) => {
    const commits = measured.commitsPerSecond;
    if (settings.journal_mode !== "rollback" || commits === null || commits < manyCommits) return [];
    return [
      {
        title: "each commit makes, flushes and deletes a rollback journal",
        explanation:
          "That is two or three flushes and a change of the directory for each; in WAL mode it is one flush at most, and readers do not wait for the writer.",
        evidence: [
          { source: "header, write and read version", found: "1, a rollback journal" },
          { source: "commits", found: `${commits}/s` },
        ],
        migration: ["PRAGMA journal_mode = WAL, once, where all that open the database run on this host"],
      },
    ];
  },
};

const blockBytes = 4096;

const smallPages: FindingRule = {
  id: "pages-smaller-than-blocks",
  severity: "caution",
  about: "pages are smaller than a block of Btrfs",
  find: ({ capture }) => {
    const bytes = Number(capture.settings.page_size);
    if (!(bytes < blockBytes) || dataOf(capture)?.mount?.type !== "btrfs") return [];
    return [
      {
        title: "pages are smaller than a block of Btrfs",
        explanation: "Each page that is written makes Btrfs write a whole block of 4 KiB anew.",
        evidence: [{ source: "header, page size", found: `${bytes}` }],
        migration: [
          "PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM; then the journal mode as it was: this writes the database once",
        ],
      },
    ];
  },
};

const fullVacuum: FindingRule = {
  id: "vacuum-at-each-commit",
  severity: "note",
  about: "auto_vacuum moves pages at each commit that frees some",
  find: ({ capture: { settings } }) => {
    if (settings.auto_vacuum !== "full") return [];
    return [
      {
        title: "each commit that frees pages moves others",
        explanation:
          "auto_vacuum = FULL fills holes with the last pages of the file at every commit: more is written, and rows that lay together are scattered.",
        evidence: [{ source: "header, auto_vacuum", found: "full" }],
        migration: ["PRAGMA auto_vacuum = INCREMENTAL, and PRAGMA incremental_vacuum in quiet hours"],
      },
    ];
  },
};

/** What may be wrong with a database, of what its files show. */
export const sqliteFindings: readonly FindingRule[] = [
  walReset,
  logGrows,
  rollbackJournal,
  smallPages,
  fullVacuum,
];
