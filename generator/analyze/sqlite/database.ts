import { type DatabaseHeader, headerBytes, parseHeader } from "./database-header.ts";
import { reading, statOf } from "./files.ts";
import { addChanges, noChanges, type RowChanges } from "./row-changes.ts";
import { rowChangesIn } from "./sampled-rows.ts";
import { rootPages } from "./schema-pages.ts";
import { addCommit, type Generation, look, type Part } from "./wal-follower.ts";
import { frameHeaderBytes } from "./wal-format.ts";
import { type Commit, frameCount, isFrameOf, pageIn } from "./wal-scan.ts";

/** What came to pass in a database between two looks at its log. */
export interface Steps {
  readonly commits: number;
  readonly frames: number;
  readonly logBytes: number;
  readonly checkpointedPages: number;
  readonly checkpointedBytes: number;
  readonly restarts: number;
  readonly hasGap: boolean;
  /** Of some of the commits, what they did to rows. */
  readonly comparedCommits: number;
  readonly rows: RowChanges;
}

/** A database in use, looked at from outside. */
export interface Database {
  readonly path: string;
  /** Looks at its log again. */
  look(): Steps;
  /** Its header as of the last commit; null where the file is no database any more. */
  header(): DatabaseHeader | null;
  /** Bytes of the database as of the last commit. */
  bytes(): number;
  /** Frames of the log in use. */
  liveFrames(): number;
}

/**
 * Comparing pages costs some ten microseconds each: of the commits at one look so many are compared, on average. Which
 * ones is left to chance: the last five of a queue's commits are always three of one kind and two of the other.
 */
const comparedAtOneLook = 5;
const isCompared = (commits: number): boolean => Math.random() * commits < comparedAtOneLook;

/** A page of the log; null where the log has begun anew and another page is there. */
const pageOfLog = (path: string, { header, latest }: Generation, page: number): Buffer | null => {
  const frame = latest.get(page);
  return frame === undefined
    ? null
    : reading(`${path}-wal`, (read) =>
        isFrameOf(read, frame, page, header) ? pageIn(read, frame, header.pageBytes) : null,
      );
};

/** Reads a page as of the last commit: what the log no longer has, a checkpoint wrote into the database. */
const pageReader =
  (path: string, generation: Generation | null, pageBytes: number) =>
  (page: number): Buffer =>
    (generation === null ? null : pageOfLog(path, generation, page)) ??
    reading(path, (read) => read((page - 1) * pageBytes, pageBytes)) ??
    Buffer.alloc(0);

/** The pages of sqlite_sequence, in which each row of an AUTOINCREMENT table is counted. */
const ownPagesOf = (path: string, generation: Generation | null, header: DatabaseHeader): Set<number> => {
  const { pageBytes, reservedBytes } = header;
  const root = rootPages(pageReader(path, generation, pageBytes), pageBytes - reservedBytes).get(
    "sqlite_sequence",
  );
  return new Set(root === undefined ? [] : [root]);
};

interface Compared {
  readonly commits: number;
  readonly rows: RowChanges;
}

/** Adds the commits to their generation, and compares some of them with what was before. */
const follow = (
  { generation, commits }: Part,
  compare: (generation: Generation, commit: Commit) => RowChanges | null,
): Compared => {
  let seen: Compared = { commits: 0, rows: noChanges };
  for (const commit of commits) {
    const rows = isCompared(commits.length) ? compare(generation, commit) : null;
    if (rows !== null) seen = { commits: seen.commits + 1, rows: addChanges(seen.rows, rows) };
    addCommit(generation, commit);
  }
  return seen;
};

const notCompared = (): null => null;

/** Begins to look at a database; what its log holds already is not counted. Throws what open(2) says. */
export const openDatabase = (path: string): Database => {
  const headerIn = (generation: Generation | null): DatabaseHeader | null =>
    parseHeader(pageReader(path, generation, headerBytes)(1));
  let { current } = look(`${path}-wal`, null);
  if (current !== null) follow(current, notCompared);
  let generation = current?.generation ?? null;
  const first = headerIn(generation);
  const ownPages = first === null ? new Set<number>() : ownPagesOf(path, generation, first);
  const compare = (before: Generation, commit: Commit): RowChanges | null =>
    rowChangesIn({ path, generation: before, reservedBytes: first?.reservedBytes ?? 0, ownPages }, commit);

  return {
    path,
    look: () => {
      const progress = look(`${path}-wal`, generation);
      const parts = [progress.ended, progress.current].filter((part) => part !== null);
      if (progress.ended !== null) follow(progress.ended, notCompared);
      const compared =
        progress.current === null ? { commits: 0, rows: noChanges } : follow(progress.current, compare);
      ({ current } = progress);
      generation = current?.generation ?? null;
      const frames = parts.reduce((sum, { commits }) => sum + frameCount(commits), 0);
      const pageBytes = parts[0]?.generation.header.pageBytes ?? 0;
      const checkpointedPages = progress.ended?.generation.latest.size ?? 0;
      return {
        commits: parts.reduce((sum, { commits }) => sum + commits.length, 0),
        frames,
        logBytes: frames * (frameHeaderBytes + pageBytes),
        checkpointedPages,
        checkpointedBytes: checkpointedPages * pageBytes,
        restarts: progress.restarts,
        hasGap: progress.hasGap,
        comparedCommits: compared.commits,
        rows: compared.rows,
      };
    },
    header: () => headerIn(generation),
    bytes: () => {
      const header = headerIn(generation);
      const pages = generation?.databasePages || header?.pages || null;
      return pages === null || header === null ? (statOf(path)?.size ?? 0) : pages * header.pageBytes;
    },
    liveFrames: () => generation?.frames ?? 0,
  };
};
