import { lstatSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Change } from "./changes.ts";
import type { Directory } from "./directory.ts";
import { type Journal, journalOf } from "./journal.ts";
import { foldersOf, journalFile, stageFolder } from "./set-paths.ts";
import type { Steps } from "./steps.ts";

/**
 * Writes everything that needs space, durably, beside the old set; then the journal, whose rename into DIR is
 * the moment at which the new set wins. A crash or a full disk before it leaves the old set.
 */
export function stageChanges(directory: Directory, changes: readonly Change[], steps: Steps): Journal {
  const journal = draftChanges(directory, changes, steps);
  sealStage(directory, steps);
  return journal;
}

/** All of it but the rename. */
export function draftChanges(directory: Directory, changes: readonly Change[], steps: Steps): Journal {
  const stage = join(directory.path, stageFolder);
  const journal = journalOf(changes);
  makeStage(directory, journal, steps);
  for (const change of changes) {
    if (change.state !== "stale") writeDurably(join(stage, change.path), change.wanted, steps);
  }
  writeDurably(join(stage, journalFile), `${JSON.stringify(journal, null, 2)}\n`, steps);
  for (const path of [...stagedFolders(directory), stage, directory.path]) steps.fsync(path);
  return journal;
}

/** The moment at which a durable draft wins. */
export function sealStage(directory: Directory, steps: Steps): void {
  steps.rename(join(directory.path, stageFolder, journalFile), join(directory.path, journalFile));
  steps.fsync(directory.path);
}

/** The folders of the set itself are made now too: later, a full disk could no longer be undone. */
function makeStage(directory: Directory, journal: Journal, steps: Steps): void {
  const stage = join(directory.path, stageFolder);
  steps.mkdir(stage);
  for (const folder of foldersOf(journal.renames.map(({ path }) => path))) {
    steps.mkdir(join(stage, folder));
    const target = join(directory.path, folder);
    if (!lstatSync(target, { throwIfNoEntry: false })) steps.mkdir(target);
  }
}

function writeDurably(path: string, text: string, steps: Steps): void {
  steps.write(path, text);
  steps.fsync(path);
}

/** Leaves the old set; a folder that was made for the new one goes with it. */
export function discardStage(directory: Directory, steps: Steps): void {
  const folders = stagedFolders(directory).map((path) => join(directory.path, basename(path)));
  for (const folder of folders) removeEmptyFolder(folder, steps);
  steps.removeTree(join(directory.path, stageFolder));
  steps.fsync(directory.path);
}

function stagedFolders(directory: Directory): string[] {
  const stage = join(directory.path, stageFolder);
  return readdirSync(stage, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(stage, entry.name));
}

export function removeEmptyFolder(path: string, steps: Steps): void {
  const isEmpty = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() && readdirSync(path).length === 0;
  if (isEmpty) steps.rmdir(path);
}
