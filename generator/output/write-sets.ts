import { endCommit, moveChanges } from "./commit.ts";
import { type Directory, findDirectory, makeDirectory } from "./directory.ts";
import { refusingFileErrors } from "./file-errors.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { Journal } from "./journal.ts";
import { lock } from "./lock.ts";
import { lookAtSet, type Review, readSetState, type SetState } from "./set-state.ts";
import { draftChanges, sealStage } from "./stage.ts";
import { createSteps, type OnStep, type Steps } from "./steps.ts";
import { discardIfPossible, outcome, recover } from "./write-set.ts";

/** A set for a directory of its own. */
export interface SetToWrite {
  readonly name: string;
  readonly files: readonly GeneratedFile[];
  readonly review?: Review | undefined;
}

/** What had to change, or what stood against it: a ProblemsError, as `writeSet` throws it, or a fault. */
export type SetWritten = { readonly state: SetState } | { readonly error: unknown };

/** A set on its way. */
interface Underway {
  readonly directory: Directory;
  readonly journal: Journal;
  readonly release: () => void;
}

/**
 * Writes many sets as `writeSet` does each, with the same promise after a crash at any point, and one flush of the file system a phase
 * instead of one a file: all drafts, flush, all journals, flush, all moves, flush, all journals away.
 * A set that fails stops no other. `flush` makes what was written so far durable.
 */
export function writeSets(sets: readonly SetToWrite[], flush: () => void, onStep?: OnStep): SetWritten[] {
  const durable = createSteps(onStep);
  const steps: Steps = { ...durable, fsync: () => {} };
  const results = new Map<SetToWrite, SetWritten>();
  let underway = new Map<SetToWrite, Underway>();

  /** A phase of every set that is left; those that fail are let go and reported. */
  const forEach = (act: (directory: Directory, journal: Journal) => void): void => {
    for (const [set, { directory, journal, release }] of underway) {
      try {
        refusingFileErrors(
          set.name,
          () => outcome(set.name),
          () => act(directory, journal),
        );
      } catch (error) {
        results.set(set, { error });
        underway.delete(set);
        discardIfPossible(directory, durable);
        release();
      }
    }
  };

  for (const set of sets) {
    try {
      const begun = begin(set, steps, durable);
      results.set(set, { state: begun.state });
      if (begun.underway) underway.set(set, begun.underway);
    } catch (error) {
      results.set(set, { error });
    }
  }
  try {
    if (underway.size > 0) flush();
    forEach((directory) => sealStage(directory, steps));
    if (underway.size > 0) flush();
    forEach((directory, journal) => moveChanges(directory, journal, steps));
    if (underway.size > 0) flush();
    forEach((directory) => endCommit(directory, steps));
  } finally {
    for (const { release } of underway.values()) release();
    underway = new Map();
  }
  return sets.map((set) => results.get(set) ?? { error: new Error(`${set.name} was not written`) });
}

/** Looks, reviews, and under the lock looks again and drafts. */
function begin(
  { name, files, review }: SetToWrite,
  steps: Steps,
  durable: Steps,
): { state: SetState; underway?: Underway } {
  const state = lookAtSet(name, files);
  if (state.changes.length === 0 && state.pending === undefined) return { state };
  review?.(state);
  return refusingFileErrors(
    name,
    () => outcome(name),
    () => {
      makeDirectory(state.directory.path, steps);
      const directory = findDirectory(name);
      const release = lock(directory, steps);
      try {
        return draftLocked(directory, { name, files, review }, { release, steps, durable });
      } catch (error) {
        discardIfPossible(directory, durable);
        release();
        throw error;
      }
    },
  );
}

function draftLocked(
  directory: Directory,
  { name, files, review }: SetToWrite,
  { release, steps, durable }: { release: () => void; steps: Steps; durable: Steps },
): { state: SetState; underway?: Underway } {
  const state = readSetState(name, files);
  review?.(state);
  if (state.pending) recover(directory, state.pending, durable);
  if (state.changes.length === 0) {
    release();
    return { state };
  }
  return { state, underway: { directory, journal: draftChanges(directory, state.changes, steps), release } };
}
