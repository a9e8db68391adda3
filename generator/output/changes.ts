import type { GeneratedFile } from "./generated-file.ts";

/** How a path of DIR differs from the set. */
export type Change =
  | { state: "missing"; path: string; wanted: string }
  | { state: "changed"; path: string; wanted: string; found: Buffer }
  /** Generated earlier, not part of the set any more. */
  | { state: "stale"; path: string; found: Buffer };

/** Sorted by path; empty where DIR holds exactly the set. */
export function compareSet(existing: ReadonlyMap<string, Buffer>, files: readonly GeneratedFile[]): Change[] {
  const wantedPaths = new Set(files.map((file) => file.path));
  const stale = [...existing]
    .filter(([path]) => !wantedPaths.has(path))
    .map(([path, found]): Change => ({ state: "stale", path, found }));
  const changes = files.flatMap((file) => compareFile(existing.get(file.path), file));
  return [...changes, ...stale].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function compareFile(found: Buffer | undefined, { path, text }: GeneratedFile): Change[] {
  if (found === undefined) return [{ state: "missing", path, wanted: text }];
  return found.equals(Buffer.from(text)) ? [] : [{ state: "changed", path, wanted: text, found }];
}
