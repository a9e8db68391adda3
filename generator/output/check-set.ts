import type { Change } from "./changes.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { Pending } from "./pending.ts";
import { isStale, lookAtSet, type Review } from "./set-state.ts";

export interface Finding {
  path: string;
  state: Change["state"];
  /** Of a changed file: the first line that differs, counted from 1; null where one text ends before it. */
  difference?: { line: number; found: string | null; wanted: string | null };
}

export interface CheckResult {
  findings: Finding[];
  /** Which set the next write will leave of an interrupted one, before it writes its own. */
  interrupted: Pending["wins"] | null;
  stale: boolean;
}

/** Compares DIR with `files` as `lookAtSet` does, and throws what that and `review` throw. */
export function checkSet(name: string, files: readonly GeneratedFile[], review?: Review): CheckResult {
  const state = lookAtSet(name, files);
  review?.(state);
  return {
    findings: state.changes.map(findingOf),
    interrupted: state.pending?.wins ?? null,
    stale: isStale(state),
  };
}

function findingOf(change: Change): Finding {
  const { path, state } = change;
  if (change.state !== "changed") return { path, state };
  return { path, state, difference: firstDifference(change.found.toString("utf8"), change.wanted) };
}

function firstDifference(found: string, wanted: string) {
  const [foundLines, wantedLines] = [found.split("\n"), wanted.split("\n")];
  const differing = wantedLines.findIndex((line, index) => line !== foundLines[index]);
  const index = differing === -1 ? wantedLines.length : differing;
  return { line: index + 1, found: foundLines[index] ?? null, wanted: wantedLines[index] ?? null };
}
