import { findDirectory } from "../../output/directory.ts";
import { takeExisting } from "../../output/existing.ts";
import type { GeneratedFile } from "../../output/generated-file.ts";
import { sha256 } from "../../output/journal.ts";
import { findPending } from "../../output/pending.ts";

const digest = (files: Iterable<readonly [path: string, sha256: string]>): string =>
  sha256(
    Array.from(files, ([path, hash]) => `${hash}  ${path}\n`)
      .sort()
      .join(""),
  );

/** One hash for a whole set. */
export const setDigest = (files: readonly GeneratedFile[]): string =>
  digest(files.map(({ path, text }) => [path, sha256(text)]));

/** The same for what dbtrfs wrote to a directory; null where an interrupted write is to be completed there first. */
export const directoryDigest = (name: string): string | null => {
  const directory = findDirectory(name);
  return findPending(directory) ? null : digest(takeExisting(directory, [], sha256).files);
};
