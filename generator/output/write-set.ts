import type { Change } from "./changes.ts";
import { commitJournal } from "./commit.ts";
import { type Directory, findDirectory, makeDirectory } from "./directory.ts";
import { isFileError, refusingFileErrors } from "./file-errors.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { Journal } from "./journal.ts";
import { withLock } from "./lock.ts";
import { findPending, type Pending } from "./pending.ts";
import { lookAtSet, type Review, readSetState, type SetState } from "./set-state.ts";
import { discardStage, stageChanges } from "./stage.ts";
import { createSteps, type OnStep, type Steps } from "./steps.ts";

/**
 * Makes DIR hold exactly `files`, and returns what had to change. After a crash or a full disk at any point,
 * the next call finds the old set or the new one, never a mixture. Files that dbtrfs did not generate are never
 * touched: a Refusal names those in the way before anything is written. A Refusal also stands for a directory
 * that cannot be written and for another dbtrfs at work there. What `review` throws stops the write too.
 */
export function writeSet(
  name: string,
  files: readonly GeneratedFile[],
  onStep?: OnStep,
  review?: Review,
): SetState {
  const state = lookAtSet(name, files);
  if (state.changes.length === 0 && state.pending === undefined) return state;
  review?.(state);
  const steps = createSteps(onStep);
  return refusingFileErrors(
    name,
    () => outcome(name),
    () => writeLocked(state.directory, files, steps, review),
  );
}

/** Looks again under the lock: another dbtrfs may have written since. */
function writeLocked(
  { path, name }: Directory,
  files: readonly GeneratedFile[],
  steps: Steps,
  review: Review | undefined,
): SetState {
  makeDirectory(path, steps);
  const directory = findDirectory(name);
  return withLock(directory, steps, () => {
    const state = readSetState(name, files);
    review?.(state);
    if (state.pending) recover(directory, state.pending, steps);
    if (state.changes.length > 0) commitJournal(directory, stage(directory, state.changes, steps), steps);
    return state;
  });
}

export function recover(directory: Directory, pending: Pending, steps: Steps): void {
  if (pending.wins === "new set") commitJournal(directory, pending.journal, steps);
  else discardStage(directory, steps);
}

/** A stage that could not be finished takes the space that the next attempt may need. */
function stage(directory: Directory, changes: readonly Change[], steps: Steps): Journal {
  try {
    return stageChanges(directory, changes, steps);
  } catch (error) {
    discardIfPossible(directory, steps);
    throw error;
  }
}

/** Where even this fails, the next run does it; the error to report is the first one. */
export function discardIfPossible(directory: Directory, steps: Steps): void {
  try {
    if (findPending(directory)?.wins === "old set") discardStage(directory, steps);
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}

/** In what state an error leaves DIR. */
export const outcome = (name: string): string =>
  findPending(findDirectory(name))?.wins === "new set"
    ? "the new set is staged, and the next run puts it in place"
    : "the old set is as it was";
