import type * as z from "zod";
import type { Problem } from "../problem.ts";

export interface Salvaged {
  readonly document: unknown;
  /** Where each database that is left stood in the whole document. */
  readonly positions: readonly number[];
}

/**
 * A document without its unknown keys and without the databases that break the schema, so that what remains
 * can be checked for problems that no schema sees and the writer hears of everything at once.
 */
export const withoutBadParts = (document: unknown, issues: readonly z.core.$ZodIssue[]): Salvaged => {
  const copy = structuredClone(document) as Record<string, unknown>;
  const bad = new Set(issues.filter((i) => i.path[0] === "databases").map((i) => i.path[1]));
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys" || issue.path.length > 0) continue;
    for (const key of issue.keys) delete copy[key];
  }
  const databases = Array.isArray(copy.databases) ? (copy.databases as unknown[]) : [];
  const positions = databases.map((_, index) => index).filter((index) => !bad.has(index));
  copy.databases = positions.map((index) => databases[index]);
  return { document: copy, positions };
};

/** Puts a problem that was found in the salvaged part back to its place in the whole. */
export const inWhole =
  ({ positions }: Salvaged) =>
  (problem: Problem): Problem => ({
    ...problem,
    pointer: problem.pointer.replace(
      /^\/databases\/(\d+)/,
      (_, index: string) => `/databases/${positions[Number(index)] ?? index}`,
    ),
  });
