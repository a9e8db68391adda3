import type { Problem } from "../problem.ts";
import type { SchemaNode } from "../spec/schema-node.ts";
import { issueProblems } from "../spec/schema-problems.ts";
import { evidenceProblems } from "./checks.ts";
import { evidenceJsonSchema } from "./json-schema.ts";
import pilot from "./pilot.json" with { type: "json" };
import { type Evidence, evidenceSchema } from "./schema.ts";

export type LoadedEvidence =
  | { readonly ok: true; readonly evidence: Evidence }
  | { readonly ok: false; readonly problems: Problem[] };

const notJson = (file: string, error: unknown): Problem => ({
  file,
  pointer: "",
  found: `text that is no JSON: ${error instanceof Error ? error.message : String(error)}`,
  allowed: "one JSON object",
  fix: "Mend the syntax there, or measure again.",
});

const failed = (problems: Problem[]): LoadedEvidence => ({ ok: false, problems });

const checked = (evidence: Evidence, file: string): LoadedEvidence => {
  const problems = evidenceProblems(evidence, file);
  return problems.length > 0 ? failed(problems) : { ok: true, evidence };
};

/** Reads an evidence file: every problem of its form, or else every problem of its meaning, or the evidence. */
export const parseEvidence = (text: string, file: string): LoadedEvidence => {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return failed([notJson(file, error)]);
  }
  const result = evidenceSchema.safeParse(document);
  if (result.success) return checked(result.data, file);
  const subject = { file, document, schema: evidenceJsonSchema() as SchemaNode };
  return failed(result.error.issues.flatMap((issue) => issueProblems(subject, issue)));
};

/** What was measured so far; a test proves it valid, so that a start need not. */
export const builtInEvidence = (): Evidence => pilot as Evidence;
