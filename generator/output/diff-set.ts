import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Change } from "./changes.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { Pending } from "./pending.ts";
import { isStale, lookAtSet, type Review } from "./set-state.ts";

export interface DiffResult {
  /** Unified; turns DIR into the set when applied in DIR with `patch -p1` or `git apply`. */
  patch: string;
  interrupted: Pending["wins"] | null;
  stale: boolean;
}

/** Compares DIR with `files` as `lookAtSet` does, and throws what that and `review` throw. */
export function diffSet(name: string, files: readonly GeneratedFile[], review?: Review): DiffResult {
  const state = lookAtSet(name, files);
  review?.(state);
  return {
    patch: state.changes.map(filePatch).join(""),
    interrupted: state.pending?.wins ?? null,
    stale: isStale(state),
  };
}

/** What patch tools take for a file that is not there. */
const absent = "/dev/null";

function filePatch(change: Change): string {
  const found = change.state === "missing" ? "" : change.found.toString("utf8");
  const wanted = change.state === "stale" ? "" : change.wanted;
  const before = change.state === "missing" ? absent : `a/${change.path}`;
  const after = change.state === "stale" ? absent : `b/${change.path}`;
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(before, after, found, wanted, "", "", options);
}
