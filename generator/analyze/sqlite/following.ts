import { performance } from "node:perf_hooks";
import type { Database, Steps } from "./database.ts";

/** What was seen of the logs since following began; all of it only grows. */
export interface Totals {
  readonly commits: number;
  readonly frames: number;
  readonly logBytes: number;
  readonly checkpointedPages: number;
  readonly checkpointedBytes: number;
  readonly comparedCommits: number;
  readonly rowsInserted: number;
  readonly rowsUpdated: number;
  readonly rowsDeleted: number;
}

const nothing: Totals = {
  commits: 0,
  frames: 0,
  logBytes: 0,
  checkpointedPages: 0,
  checkpointedBytes: 0,
  comparedCommits: 0,
  rowsInserted: 0,
  rowsUpdated: 0,
  rowsDeleted: 0,
};

const added = (totals: Totals, steps: Steps): Totals => ({
  commits: totals.commits + steps.commits,
  frames: totals.frames + steps.frames,
  logBytes: totals.logBytes + steps.logBytes,
  checkpointedPages: totals.checkpointedPages + steps.checkpointedPages,
  checkpointedBytes: totals.checkpointedBytes + steps.checkpointedBytes,
  comparedCommits: totals.comparedCommits + steps.comparedCommits,
  rowsInserted: totals.rowsInserted + steps.rows.inserted,
  rowsUpdated: totals.rowsUpdated + steps.rows.updated,
  rowsDeleted: totals.rowsDeleted + steps.rows.deleted,
});

export interface Following {
  /** Looks at all logs there and then. */
  look(): void;
  /** Of all databases, or of one. */
  totals(database?: Database): Totals;
  /** How often logs began anew. */
  restarts(): number;
  /** Time in which nothing of any log went unseen; the totals are of this time. */
  followedSeconds(): number;
  stop(): void;
}

/** A look costs some ten microseconds a database, and a few for each frame that is new. */
const quickest = { ms: 2, msPerDatabase: 0.1 };
const slowest = { ms: 20, msPerDatabase: 0.5 };

/** A log of the default 1000 pages may begin anew fifty times a second: whoever saw that looks again sooner. */
const nextDelay = (delay: number, hasRestarted: boolean, databases: number): number =>
  hasRestarted
    ? Math.max(quickest.ms, quickest.msPerDatabase * databases, delay / 2)
    : Math.min(Math.max(slowest.ms, slowest.msPerDatabase * databases), delay * 1.05);

/**
 * Looks at the logs again and again, so that they do not begin anew twice between two looks. Where one does all the same,
 * that time is left out for all, and the totals remain true rates of the rest.
 */
export const followAll = (databases: readonly Database[]): Following => {
  const each = new Map<Database, Totals>(databases.map((database) => [database, nothing]));
  let all = nothing;
  let [restarts, followed, last] = [0, 0, performance.now()];
  const look = (): void => {
    const steps = databases.map((database) => [database, database.look()] as const);
    const now = performance.now();
    restarts += steps.reduce((sum, [, step]) => sum + step.restarts, 0);
    if (!steps.some(([, { hasGap }]) => hasGap)) {
      followed += (now - last) / 1000;
      for (const [database, step] of steps) {
        all = added(all, step);
        each.set(database, added(each.get(database) ?? nothing, step));
      }
    }
    last = now;
  };
  let delay = Math.max(slowest.ms, slowest.msPerDatabase * databases.length);
  let failure: unknown;
  let timer: NodeJS.Timeout | undefined;
  /** What goes wrong between two samples is said by the next one. */
  const lookUnwatched = (): void => {
    const before = restarts;
    try {
      look();
    } catch (error) {
      failure = error;
      return;
    }
    delay = nextDelay(delay, restarts > before, databases.length);
    timer = setTimeout(lookUnwatched, delay);
  };
  timer = setTimeout(lookUnwatched, delay);
  return {
    look: () => {
      if (failure !== undefined) throw failure;
      look();
    },
    totals: (database) => (database === undefined ? all : (each.get(database) ?? nothing)),
    restarts: () => restarts,
    followedSeconds: () => followed,
    stop: () => clearTimeout(timer),
  };
};
