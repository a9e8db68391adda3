import { findDirectory } from "../../output/directory.ts";
import { readExisting } from "../../output/existing.ts";
import type { GeneratedFile } from "../../output/generated-file.ts";
import { sha256 } from "../../output/journal.ts";
import { findPending } from "../../output/pending.ts";

const digest = (files: readonly (readonly [path: string, content: string | Uint8Array])[]): string =>
  sha256(
    files
      .map(([path, content]) => `${sha256(content)}  ${path}\n`)
      .sort()
      .join(""),
  );

/** One hash for a whole set. */
export const setDigest = (files: readonly GeneratedFile[]): string =>
  digest(files.map(({ path, text }) => [path, text]));

/** The same for what dbtrfs wrote to a directory; null where an interrupted write is to be completed there first. */
export const directoryDigest = (name: string): string | null => {
  const directory = findDirectory(name);
  return findPending(directory) ? null : digest([...readExisting(directory, []).files]);
};
