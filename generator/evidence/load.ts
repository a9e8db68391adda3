import { notJson, parseJson } from "../json-text.ts";
import type { Problem } from "../problem.ts";
import type { SchemaNode } from "../spec/schema-node.ts";
import { issueProblems } from "../spec/schema-problems.ts";
import { evidenceProblems } from "./checks.ts";
import { evidenceJsonSchema } from "./json-schema.ts";
import reference from "./reference.json" with { type: "json" };
import { type Evidence, evidenceSchema } from "./schema.ts";

export type LoadedEvidence =
  | { readonly ok: true; readonly evidence: Evidence }
  | { readonly ok: false; readonly problems: Problem[] };

const failed = (problems: Problem[]): LoadedEvidence => ({ ok: false, problems });

const checked = (evidence: Evidence, file: string): LoadedEvidence => {
  const problems = evidenceProblems(evidence, file);
  return problems.length > 0 ? failed(problems) : { ok: true, evidence };
};

/** Reads an evidence file: every problem of its form, or else every problem of its meaning, or the evidence. */
export const parseEvidence = (text: string, file: string): LoadedEvidence => {
  const json = parseJson(text);
  if ("error" in json) return failed([notJson(file, json)]);
  const result = evidenceSchema.safeParse(json.document);
  if (result.success) return checked(result.data, file);
  const subject = { file, document: json.document, schema: evidenceJsonSchema() as SchemaNode };
  return failed(result.error.issues.flatMap((issue) => issueProblems(subject, issue)));
};

/** The reference run (docs/benchmarks.md); a test proves it valid, so that a start need not. */
export const builtInEvidence = (): Evidence => reference as Evidence;
