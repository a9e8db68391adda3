import { lstatSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { endCommit, moveChanges } from "./commit.ts";
import { type Directory, findDirectory, makeDirectory } from "./directory.ts";
import { refusingFileErrors } from "./file-errors.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { lock } from "./lock.ts";
import { foldersOf } from "./set-paths.ts";
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

/** What the name of a directory begins with while it is drafted. */
export const newDirectoryMark = ".dbtrfs-new-";

/** What was told of the set's state, or what stood against it: a ProblemsError, as `writeSet` throws it, or a fault. */
export type SetWritten<T> = { readonly told: T } | { readonly error: unknown };

/** A set that is drafted. */
interface Drafted {
  /** What is to be done with it, each when the last is durable. */
  readonly phases: readonly (() => void)[];
  /** Makes a set that fails as it was, if it can be. */
  readonly discard: () => void;
  readonly release: () => void;
}

interface Underway extends Drafted {
  readonly name: string;
  readonly index: number;
}

/**
 * Writes many sets as `writeSet` does each, with the same promise after a crash at any point, and one flush of the file
 * system a phase instead of one a file: all drafts, flush, all journals, flush, all moves, flush, all journals
 * away. A directory that is new is drafted beside its place and renamed whole. A set that fails stops no other. The
 * sets are asked for one by one and not kept: of each state, `tell` says what is. `flush` makes durable what was
 * written so far.
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
    for (let phase = 0; phase < mostPhases; phase++) runPhase(phase, { underway, results, flush });
  } finally {
    for (const { release } of underway) release();
  }
  return results;
}

const mostPhases = 3;

interface Run {
  readonly underway: Set<Underway>;
  readonly results: SetWritten<unknown>[];
  readonly flush: () => void;
}

/** Those that fail are let go and reported. */
function runPhase(phase: number, { underway, results, flush }: Run): void {
  const sets = [...underway].filter(({ phases }) => phases[phase] !== undefined);
  if (sets.length > 0) flush();
  for (const set of sets) {
    try {
      refusingFileErrors(
        set.name,
        () => outcome(set.name),
        () => set.phases[phase]?.(),
      );
    } catch (error) {
      results[set.index] = { error };
      underway.delete(set);
      set.discard();
      set.release();
    }
  }
}

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
      if (!state.directory.exists) return { state, drafted: draftNew(state.directory, set.files, steps) };
      return draftChanged(findDirectory(set.name), set, steps, durable);
    },
  );
}

/** Beside its place, under a name that no host has; what an interrupted run left there goes. */
function draftNew({ path }: Directory, files: readonly GeneratedFile[], steps: Steps): Drafted {
  const draft = join(dirname(path), newDirectoryMark + basename(path));
  const discard = () => steps.removeTree(draft);
  makeDirectory(dirname(path), steps);
  if (lstatSync(draft, { throwIfNoEntry: false })) discard();
  try {
    for (const folder of ["", ...foldersOf(files.map((file) => file.path))]) steps.mkdir(join(draft, folder));
    for (const file of files) steps.write(join(draft, file.path), file.text);
  } catch (error) {
    discard();
    throw error;
  }
  return { phases: [() => steps.rename(draft, path)], discard, release: () => {} };
}

function draftChanged(
  directory: Directory,
  { name, files, review }: SetToWrite,
  steps: Steps,
  durable: Steps,
): Begun {
  const release = lock(directory, steps);
  const discard = () => discardIfPossible(directory, durable);
  try {
    const state = readSetState(name, files);
    review?.(state);
    if (state.pending) recover(directory, state.pending, durable);
    if (state.changes.length > 0)
      return { state, drafted: { phases: changePhases(directory, state, steps), discard, release } };
    release();
    return { state };
  } catch (error) {
    discard();
    release();
    throw error;
  }
}

function changePhases(directory: Directory, { changes }: SetState, steps: Steps): Drafted["phases"] {
  const journal = draftChanges(directory, changes, steps);
  const staged = journal.renames.map(({ path }) => path);
  return [
    () => sealStage(directory, steps),
    () => moveChanges(directory, journal, steps, staged),
    () => endCommit(directory, steps),
  ];
}
