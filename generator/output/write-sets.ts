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

/** What was told of the set's state, or what stood against it: a ProblemsError, as `writeSet` throws it, or a fault. */
export type SetWritten<T> = { readonly told: T } | { readonly error: unknown };

/** A set that is drafted and holds its lock. */
interface Underway {
  readonly name: string;
  readonly index: number;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly release: () => void;
}

/**
 * Writes many sets as `writeSet` does each, with the same promise after a crash at any point, and one flush of the file
 * system a phase instead of one a file: all drafts, flush, all journals, flush, all moves, flush, all journals
 * away. A set that fails stops no other. The sets are asked for one by one and not kept: of each state, `tell` says
 * what is. `flush` makes durable what was written so far.
 */
export function writeSets<T>(
  sets: Iterable<SetToWrite>,
  tell: (state: SetState) => T,
  flush: () => void,
  onStep?: OnStep,
): SetWritten<T>[] {
  const durable = createSteps(onStep);
  const steps: Steps = { ...durable, fsync: () => {} };
  const results: SetWritten<T>[] = [];
  const underway = new Set<Underway>();
  for (const set of sets) {
    try {
      const { state, drafted } = begin(set, steps, durable);
      if (drafted) underway.add({ ...drafted, name: set.name, index: results.length });
      results.push({ told: tell(state) });
    } catch (error) {
      results.push({ error });
    }
  }
  try {
    for (const phase of phases) runPhase(phase, { underway, results, steps, durable, flush });
  } finally {
    for (const { release } of underway) release();
  }
  return results;
}

type Phase = (set: Underway, steps: Steps) => void;

const phases: readonly Phase[] = [
  ({ directory }, steps) => sealStage(directory, steps),
  ({ directory, journal }, steps) =>
    moveChanges(
      directory,
      journal,
      steps,
      journal.renames.map(({ path }) => path),
    ),
  ({ directory }, steps) => endCommit(directory, steps),
];

interface Run {
  readonly underway: Set<Underway>;
  readonly results: SetWritten<unknown>[];
  readonly steps: Steps;
  readonly durable: Steps;
  readonly flush: () => void;
}

/** Those that fail are let go and reported. */
function runPhase(phase: Phase, { underway, results, steps, durable, flush }: Run): void {
  if (underway.size > 0) flush();
  for (const set of underway) {
    try {
      refusingFileErrors(
        set.name,
        () => outcome(set.name),
        () => phase(set, steps),
      );
    } catch (error) {
      results[set.index] = { error };
      underway.delete(set);
      discardIfPossible(set.directory, durable);
      set.release();
    }
  }
}

type Drafted = Omit<Underway, "name" | "index">;

interface Begun {
  readonly state: SetState;
  /** Undefined where nothing is to be written. */
  readonly drafted?: Drafted;
}

/** Looks, reviews, and under the lock looks again and drafts. */
function begin(set: SetToWrite, steps: Steps, durable: Steps): Begun {
  const state = lookAtSet(set.name, set.files);
  if (state.changes.length === 0 && state.pending === undefined) return { state };
  set.review?.(state);
  return refusingFileErrors(
    set.name,
    () => outcome(set.name),
    () => {
      makeDirectory(state.directory.path, steps);
      return draft(findDirectory(set.name), set, steps, durable);
    },
  );
}

function draft(
  directory: Directory,
  { name, files, review }: SetToWrite,
  steps: Steps,
  durable: Steps,
): Begun {
  const release = lock(directory, steps);
  try {
    const state = readSetState(name, files);
    review?.(state);
    if (state.pending) recover(directory, state.pending, durable);
    if (state.changes.length > 0)
      return {
        state,
        drafted: { directory, journal: draftChanges(directory, state.changes, steps), release },
      };
    release();
    return { state };
  } catch (error) {
    discardIfPossible(directory, durable);
    release();
    throw error;
  }
}
