import { factsOf } from "../../engines/index.ts";
import type { EngineFacts } from "../../engines/types.ts";
import type { PlannedDatabase } from "../../plan/types.ts";
import { type Loss, nothingLost, type Trouble } from "./trouble.ts";

type Family = EngineFacts["family"];

const detects: Readonly<Record<Family, string>> = {
  postgresql: "PostgreSQL, as it starts: it sees that it was not shut down.",
  innodb: "InnoDB, as the server starts: the redo log is ahead of the data.",
  sqlite: "SQLite, as the next connection opens the database.",
};

const repairs: Readonly<Record<Family, string>> = {
  postgresql: "PostgreSQL replays its log; the full page images in it mend pages that were half written.",
  innodb: "InnoDB replays its redo log; the doublewrite buffer mends pages that were half written.",
  sqlite: "SQLite takes the whole transactions of its log and drops the one that was cut short.",
};

const rollback =
  "SQLite undoes the transaction that was cut short by its rollback journal, which holds the old pages.";

/** Settings that an override may loosen, what they are where nothing is loosened, and what they cost otherwise. */
const loosened: readonly {
  readonly setting: string;
  readonly safe: readonly string[];
  readonly costs: string;
}[] = [
  {
    setting: "synchronous_commit",
    safe: ["on", "true", "1", "yes", "local", "remote_write", "remote_apply"],
    costs:
      "The commits of the last moments, up to three times wal_writer_delay: synchronous_commit is overridden.",
  },
  {
    setting: "sync_binlog",
    safe: ["1"],
    costs:
      "Commits that had not reached the binary log's file, which recovery then rolls back: sync_binlog is overridden.",
  },
];

/** SQLite's settings are forgotten with the connection, so that the application has its say. */
const ownerIsAsked = "Nothing, as long as the application sets synchronous = FULL at each connection.";

const lost = (database: PlannedDatabase): Loss => {
  const found = loosened.find(({ setting, safe }) =>
    database.settings.some(
      ({ name, value }) => name === setting && !safe.includes(String(value).toLowerCase()),
    ),
  );
  if (found) return { text: found.costs, tone: "fair" };
  return database.engine === "sqlite" ? { text: ownerIsAsked, tone: "good" } : nothingLost;
};

const usesJournal = ({ engine, settings }: PlannedDatabase): boolean =>
  engine === "sqlite" && settings.some(({ name, value }) => name === "journal_mode" && value !== "WAL");

export const crash: Trouble = ({ database }) => {
  const { family } = factsOf(database.engine);
  return {
    trouble: "Power cut or crash",
    detects: detects[family],
    repairs: `${usesJournal(database) ? rollback : repairs[family]} Btrfs goes back to its last commit and replays what was synced since.`,
    lost: lost(database),
    seen: undefined,
  };
};
