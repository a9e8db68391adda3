import { parseJson } from "../json-text.ts";
import type { Problem } from "../problem.ts";
import { pointerTo, valueAt } from "./pointer.ts";

export type ReadProfile = (path: string) => { readonly text: string } | { readonly error: string };

interface Resolved {
  readonly document: unknown;
  readonly problems: Problem[];
}

const unreadable = (file: string, index: number, path: string, why: string): Problem => ({
  file,
  pointer: pointerTo(["databases", index, "workload", "profile"]),
  found: `${JSON.stringify(path)}: ${why}`,
  allowed: "a JSON file with a workload profile, by its path relative to the spec",
  fix: "Correct the path, or put the profile itself in its place.",
});

const readOne = (path: string, read: ReadProfile | undefined): { profile: unknown } | { error: string } => {
  const result = read?.(path) ?? { error: "this spec comes from a place that has no files beside it" };
  if ("error" in result) return result;
  const json = parseJson(result.text);
  if ("error" in json) return { error: `no JSON: ${json.error}` };
  return { profile: valueAt(json.document, ["profile"]) ?? json.document };
};

/** Puts the profiles that a spec names by file in the place of their paths. */
export const resolveProfiles = (document: unknown, file: string, read: ReadProfile | undefined): Resolved => {
  const databases = valueAt(document, ["databases"]);
  if (!Array.isArray(databases)) return { document, problems: [] };
  const problems: Problem[] = [];
  const resolved = databases.map((database: unknown, index) => {
    const path = valueAt(database, ["workload", "profile"]);
    if (typeof path !== "string") return database;
    const result = readOne(path, read);
    if ("profile" in result) return { ...(database as object), workload: result.profile };
    problems.push(unreadable(file, index, path, result.error));
    return database;
  });
  return { document: { ...(document as object), databases: resolved }, problems };
};
