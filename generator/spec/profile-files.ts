import { parseJson } from "../json-text.ts";
import type { Problem } from "../problem.ts";
import { pointerTo, valueAt } from "./pointer.ts";
import { profilePath } from "./text.ts";

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
  if ("error" in json)
    return { error: json.pointer === null ? `no JSON: ${json.error}` : `${json.error} at ${json.pointer}` };
  const profile = valueAt(json.document, ["profile"]) ?? json.document;
  const why = valueAt(json.document, ["profileUnknown"]);
  if (typeof why === "string") return { error: `its measurements make no profile (${why})` };
  // A profile that names a file in its turn would go on unread.
  return valueAt(profile, ["profile"]) === undefined
    ? { profile }
    : { error: "it names another profile file" };
};

const mixed = (file: string, index: number): Problem => ({
  file,
  pointer: pointerTo(["databases", index, "workload"]),
  found: "the path of a profile file, and other keys beside it",
  allowed: "either the path of a profile file alone, or the profile itself",
  fix: "Remove one of the two.",
});

type Named = { readonly profile: unknown } | { readonly problem: Problem };

/** The profile behind the path that a workload names; null where it names none, or none that the schema lets pass. */
const namedProfile = (
  workload: unknown,
  file: string,
  index: number,
  read: ReadProfile | undefined,
): Named | null => {
  const path = valueAt(workload, ["profile"]);
  if (typeof path !== "string") return null;
  if (Object.keys(workload as object).length > 1) return { problem: mixed(file, index) };
  if (!profilePath.safeParse(path).success) return null;
  const result = readOne(path, read);
  return "error" in result ? { problem: unreadable(file, index, path, result.error) } : result;
};

/** Puts the profiles that a spec names by file in the place of their paths. */
export const resolveProfiles = (document: unknown, file: string, read: ReadProfile | undefined): Resolved => {
  const databases = valueAt(document, ["databases"]);
  if (!Array.isArray(databases)) return { document, problems: [] };
  const problems: Problem[] = [];
  const resolved = databases.map((database: unknown, index) => {
    const named = namedProfile(valueAt(database, ["workload"]), file, index, read);
    if (named === null) return database;
    if ("profile" in named) return { ...(database as object), workload: named.profile };
    problems.push(named.problem);
    return database;
  });
  return { document: { ...(document as object), databases: resolved }, problems };
};
