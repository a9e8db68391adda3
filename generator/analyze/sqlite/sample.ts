import { basename, relative } from "node:path";
import type { RelationSample, Sample } from "../capture/sample.ts";
import { counters, gauges } from "./counter-names.ts";
import type { Database } from "./database.ts";
import type { DatabaseHeader } from "./database-header.ts";
import { statOf } from "./files.ts";
import type { Found } from "./find-databases.ts";
import type { Following, Totals } from "./following.ts";

/** Databases that a sample names at most. */
const mostRelations = 200;

interface Seen {
  readonly database: Database;
  readonly header: DatabaseHeader;
  readonly bytes: number;
}

const see = (databases: readonly Database[]): Seen[] =>
  databases.flatMap((database) => {
    const header = database.header();
    return header === null ? [] : [{ database, header, bytes: database.bytes() }];
  });

const sumOf = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);

const changesOf = ({ header }: Seen): number => (header.journalMode === "wal" ? 0 : header.changeCounter);

const countersOf = (totals: Totals): Sample["counters"] => ({
  [counters.walCommits]: totals.commits,
  [counters.walFrames]: totals.frames,
  [counters.walBytes]: totals.logBytes,
  [counters.checkpointedPages]: totals.checkpointedPages,
  [counters.checkpointedBytes]: totals.checkpointedBytes,
  [counters.comparedCommits]: totals.comparedCommits,
  [counters.rowsInserted]: totals.rowsInserted,
  [counters.rowsUpdated]: totals.rowsUpdated,
  [counters.rowsDeleted]: totals.rowsDeleted,
});

/** A database by its path below the target. */
export const nameOf = ({ root, isDirectory }: Found, path: string): string =>
  isDirectory ? relative(root, path) : basename(path);

const relationOf = (found: Found, following: Following, seen: Seen): RelationSample => ({
  name: nameOf(found, seen.database.path),
  kind: "file",
  bytes: seen.bytes,
  counters: {
    [counters.walFrames]: following.totals(seen.database).frames,
    [counters.changes]: changesOf(seen),
  },
});

const busiest = (relations: readonly RelationSample[]): RelationSample[] =>
  [...relations]
    .sort(
      (a, b) =>
        sumOf(Object.values(b.counters), Number) - sumOf(Object.values(a.counters), Number) ||
        (b.bytes ?? 0) - (a.bytes ?? 0),
    )
    .slice(0, mostRelations);

const pageBytesOf = (seen: readonly Seen[]): Record<string, number> => {
  const sizes = new Set(seen.map(({ header }) => header.pageBytes));
  const [only, ...others] = sizes;
  return only === undefined || others.length > 0 ? {} : { [gauges.pageBytes]: only };
};

/** Another file in the place of the one database is another database. */
const identityOf = ({ isDirectory, root }: Found): Sample["identity"] => {
  const stat = isDirectory ? null : statOf(root);
  return stat === null ? {} : { file: `inode ${stat.ino}` };
};

/** What can be seen from outside in this moment. */
export const sampleOf = (
  found: Found,
  databases: readonly Database[],
  following: Following,
  at: Date,
): Sample => {
  const seen = see(databases);
  return {
    at: at.toISOString(),
    identity: identityOf(found),
    counters: {
      ...countersOf(following.totals()),
      [counters.walRestarts]: following.restarts(),
      [counters.followedSeconds]: following.followedSeconds(),
      [counters.changes]: sumOf(seen, changesOf),
    },
    gauges: {
      ...pageBytesOf(seen),
      [gauges.bytes]: sumOf(seen, ({ bytes }) => bytes),
      [gauges.freeBytes]: sumOf(seen, ({ header }) => header.freePages * header.pageBytes),
      [gauges.walFileBytes]: sumOf(seen, ({ database }) => statOf(`${database.path}-wal`)?.size ?? 0),
      [gauges.liveFrames]: Math.max(0, ...seen.map(({ database }) => database.liveFrames())),
      [gauges.databases]: seen.length,
      [gauges.inWalMode]: seen.filter(({ header }) => header.journalMode === "wal").length,
    },
    relations: busiest(seen.map((each) => relationOf(found, following, each))),
  };
};
