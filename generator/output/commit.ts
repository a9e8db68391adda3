import { lstatSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Directory } from "./directory.ts";
import { obstacleAt } from "./existing.ts";
import { type Journal, sha256 } from "./journal.ts";
import { readStaged } from "./pending.ts";
import { foldersOf, journalFile, stageFolder } from "./set-paths.ts";
import { removeEmptyFolder } from "./stage.ts";
import type { Steps } from "./steps.ts";

/**
 * Does what the journal says; what is done already is skipped, so that it can be run again after a crash at
 * any point. A path that somebody else has taken meanwhile is left to them.
 */
export function commitJournal(directory: Directory, journal: Journal, steps: Steps): void {
  moveChanges(directory, journal, steps, [...readStaged(directory, journal).keys()]);
  endCommit(directory, steps);
}

/** All of it but to forget the journal; `staged` are the renames that are still to be done, whose content is known. */
export function moveChanges(
  directory: Directory,
  journal: Journal,
  steps: Steps,
  staged: readonly string[],
): void {
  const at = (path: string) => join(directory.path, path);
  for (const path of staged) {
    if (obstacleAt(directory, path) === undefined)
      moveIntoPlace(at(join(stageFolder, path)), at(path), steps);
  }
  for (const { path, sha256: promised } of journal.removals) {
    if (obstacleAt(directory, path) === undefined) removeUnchanged(at(path), promised, steps);
  }
  tidyFolders(directory, journal, steps);
  steps.fsync(directory.path);
}

/** The moves must be durable by now. */
export function endCommit(directory: Directory, steps: Steps): void {
  steps.unlink(join(directory.path, journalFile));
  steps.fsync(directory.path);
  steps.removeTree(join(directory.path, stageFolder));
}

function moveIntoPlace(from: string, to: string, steps: Steps): void {
  if (!lstatSync(dirname(to), { throwIfNoEntry: false })) steps.mkdir(dirname(to));
  steps.rename(from, to);
}

function removeUnchanged(file: string, promised: string, steps: Steps): void {
  if (!lstatSync(file, { throwIfNoEntry: false })) return;
  if (sha256(readFileSync(file)) === promised) steps.unlink(file);
}

/** The moves must be durable before the journal goes. */
function tidyFolders(directory: Directory, { renames, removals }: Journal, steps: Steps): void {
  const folderPaths = foldersOf([...renames, ...removals].map(({ path }) => path));
  for (const folder of folderPaths.map((name) => join(directory.path, name))) {
    removeEmptyFolder(folder, steps);
    if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) steps.fsync(folder);
  }
}
