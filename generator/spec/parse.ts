import type * as z from "zod";
import { notJson, parseJson } from "../json-text.ts";
import type { Problem } from "../problem.ts";
import { checkSpec } from "./checks/check-spec.ts";
import { specJsonSchema } from "./json-schema.ts";
import { oddLengths } from "./odd-lengths.ts";
import { type ReadProfile, resolveProfiles } from "./profile-files.ts";
import { inWhole, withoutBadParts } from "./salvage.ts";
import { type Spec, specSchema } from "./schema.ts";
import type { SchemaNode } from "./schema-node.ts";
import { issueProblems } from "./schema-problems.ts";

export type Parsed =
  | { readonly ok: true; readonly spec: Spec }
  | { readonly ok: false; readonly problems: Problem[] };

/** The problems of a document that breaks the schema, and those that its sound parts have besides. */
const schemaProblems = (document: unknown, file: string, issues: readonly z.core.$ZodIssue[]): Problem[] => {
  const subject = { file, document, schema: specJsonSchema() as SchemaNode };
  const problems = issues.flatMap((issue) => issueProblems(subject, issue));
  if (typeof document !== "object" || document === null) return problems;
  const salvaged = withoutBadParts(document, issues);
  const rest = specSchema.safeParse(salvaged.document);
  return rest.success ? [...problems, ...checkSpec(rest.data, file).map(inWhole(salvaged))] : problems;
};

/**
 * Reads a spec: JSON text to a checked Spec, or every problem found, each with its JSON pointer.
 * `readProfile` gets the path of a profile file as the spec names it and gives its text; without it, a spec
 * that names one is refused.
 */
export const parseSpec = (text: string, file: string, readProfile?: ReadProfile): Parsed => {
  const json = parseJson(text);
  if ("error" in json) return { ok: false, problems: [notJson(file, json)] };
  const resolved = resolveProfiles(json.document, file, readProfile);
  if (resolved.problems.length > 0) return { ok: false, problems: resolved.problems };
  const odd = oddLengths(resolved.document, file);
  if (odd.length > 0) return { ok: false, problems: odd };
  const result = specSchema.safeParse(resolved.document);
  if (!result.success) {
    return { ok: false, problems: schemaProblems(resolved.document, file, result.error.issues) };
  }
  const problems = checkSpec(result.data, file);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, spec: result.data };
};
