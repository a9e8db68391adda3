import { Refusal } from "../refusal.ts";
import { type Change, compareSet } from "./changes.ts";
import { type Directory, findDirectory } from "./directory.ts";
import { readExisting } from "./existing.ts";
import { refusingFileErrors } from "./file-errors.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { lockOwner, refuseIfLocked } from "./lock.ts";
import { afterRecovery, findPending, type Pending } from "./pending.ts";
import { assertSet } from "./set-paths.ts";

/** DIR against a set. An interrupted write counts as completed: `changes` is what is to be done after that. */
export interface SetState {
  directory: Directory;
  changes: Change[];
  pending: Pending | undefined;
}

/**
 * Looks without the lock: for those who do not write, or not yet. What cannot be made sense of while another
 * dbtrfs is at work is no damage: the Refusal then says who is.
 */
export function lookAtSet(name: string, files: readonly GeneratedFile[]): SetState {
  const owner = () =>
    refusingFileErrors(
      name,
      () => "nothing was written",
      () => lockOwner(findDirectory(name)),
    );
  const before = owner();
  try {
    return readSetState(name, files);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (owner() !== before) return lookAtSet(name, files);
    refuseIfLocked(findDirectory(name));
    throw error;
  }
}

/**
 * Looks and does not write. Throws a Refusal that names every file in the way that dbtrfs did not generate, or
 * says why DIR cannot be read.
 */
export function readSetState(name: string, files: readonly GeneratedFile[]): SetState {
  assertSet(files);
  const read = () => {
    const directory = findDirectory(name);
    const pending = findPending(directory);
    const paths = files.map((file) => file.path);
    const existing = readExisting(directory, paths);
    if (existing.obstacles.length > 0) throw new Refusal(existing.obstacles);
    return { directory, pending, changes: compareSet(afterRecovery(directory, existing, pending), files) };
  };
  return refusingFileErrors(name, () => "nothing was written", read);
}

/** Sees what is in DIR before anything is done there, and may throw a Refusal. */
export type Review = (state: SetState) => void;

/** What DIR holds at `path` and a write would replace; undefined where it would not. */
export const replacedText = ({ changes }: SetState, path: string): string | undefined => {
  const change = changes.find((candidate) => candidate.path === path);
  return change?.state === "changed" ? change.found.toString("utf8") : undefined;
};

/** Whether DIR needs a write. A stage without a journal is litter beside an intact set: it does not count. */
export const isStale = ({ changes, pending }: SetState): boolean =>
  changes.length > 0 || pending?.wins === "new set";
