import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Directory } from "./directory.ts";
import { type Existing, obstacleAt } from "./existing.ts";
import { ifThere } from "./if-there.ts";
import { damaged, type Journal, readJournal, sha256 } from "./journal.ts";
import { stageFolder } from "./set-paths.ts";

/** An interrupted write: past its journal the new set has won, before it the old one. */
export type Pending = { wins: "new set"; journal: Journal } | { wins: "old set" };

/** Throws a Refusal where the work files in DIR are not what an interrupted write leaves behind. */
export function findPending(directory: Directory): Pending | undefined {
  if (!directory.exists) return undefined;
  const stage = lstatSync(join(directory.path, stageFolder), { throwIfNoEntry: false });
  if (stage && !stage.isDirectory()) throw damaged(directory, stageFolder, "something that is no directory");
  const journal = readJournal(directory);
  if (journal) return { wins: "new set", journal };
  return stage && { wins: "old set" };
}

/**
 * The staged content of the renames that are still to be done; without a staged file, a rename is done.
 * Throws a Refusal where the content is not what the journal promises.
 */
export function readStaged(directory: Directory, journal: Journal): Map<string, Buffer> {
  const staged = new Map<string, Buffer>();
  for (const { path, sha256: promised } of journal.renames) {
    const file = join(directory.path, stageFolder, path);
    if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    const content = ifThere(() => readFileSync(file));
    if (content === undefined) continue;
    if (sha256(content) !== promised)
      throw damaged(directory, join(stageFolder, path), "other content than its journal says");
    staged.set(path, content);
  }
  return staged;
}

/** DIR as it will be once the interrupted write is completed; for those who look and do not write. */
export function afterRecovery(
  directory: Directory,
  existing: Existing,
  pending: Pending | undefined,
): Existing["files"] {
  const files = new Map(existing.files);
  if (pending?.wins !== "new set") return files;
  for (const [path, content] of readStaged(directory, pending.journal)) {
    if (obstacleAt(directory, path) === undefined) files.set(path, content);
  }
  for (const { path, sha256: promised } of pending.journal.removals) {
    const found = files.get(path);
    if (found && sha256(found) === promised) files.delete(path);
  }
  return files;
}
