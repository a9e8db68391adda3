import { hash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { parseJson } from "../json-text.ts";
import { Refusal } from "../refusal.ts";
import type { Change } from "./changes.ts";
import { type Directory, shown } from "./directory.ts";
import { ifThere } from "./if-there.ts";
import { isSetPath, journalFile, stageFolder } from "./set-paths.ts";

const entry = z.strictObject({
  path: z.string().refine(isSetPath),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const journalSchema = z.strictObject({
  journalVersion: z.literal(1),
  /** Content that the stage holds under the same path. */
  renames: z.array(entry),
  /** Content that is to go; if somebody changed it since, it stays. */
  removals: z.array(entry),
});

/** What remains to be done in DIR. Once it is there, the new set has won. */
export type Journal = z.infer<typeof journalSchema>;

export const sha256 = (content: string | Uint8Array): string => hash("sha256", content);

export const journalOf = (changes: readonly Change[]): Journal => ({
  journalVersion: 1,
  renames: changes.flatMap((change) =>
    change.state === "stale" ? [] : [{ path: change.path, sha256: sha256(change.wanted) }],
  ),
  removals: changes.flatMap((change) =>
    change.state === "stale" ? [{ path: change.path, sha256: sha256(change.found) }] : [],
  ),
});

/** Undefined without an interrupted write. Throws a Refusal on one that dbtrfs cannot have written. */
export function readJournal(directory: Directory): Journal | undefined {
  const path = join(directory.path, journalFile);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  const text = stats.isFile() ? ifThere(() => readFileSync(path, "utf8")) : "";
  if (text === undefined) return undefined;
  const json = parseJson(text);
  const parsed = journalSchema.safeParse("document" in json ? json.document : undefined);
  if (!parsed.success) throw damaged(directory, journalFile, "no journal of an interrupted write");
  return parsed.data;
}

/** For what no crash of dbtrfs leaves behind: somebody edited its work files, or the disk lost data. */
export const damaged = (directory: Directory, path: string, found: string): Refusal =>
  new Refusal([
    {
      file: shown(directory, path),
      pointer: "",
      found,
      allowed: "the work files of an interrupted write, as dbtrfs left them",
      fix: `remove ${shown(directory, journalFile)} and ${shown(directory, stageFolder)}, then run again: the whole set is written anew`,
    },
  ]);
