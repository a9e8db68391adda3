import { notJson, parseJson } from "../../json-text.ts";
import type { Problem } from "../../problem.ts";
import { findingIn } from "../../spec/finding.ts";
import type { SchemaNode } from "../../spec/schema-node.ts";
import { issueProblems } from "../../spec/schema-problems.ts";
import { captureJsonSchema } from "./json-schema.ts";
import { type Capture, captureSchema } from "./schema.ts";

export type ParsedCapture =
  | { readonly ok: true; readonly capture: Capture }
  | { readonly ok: false; readonly problems: Problem[] };

/** Samples in the order of their time: rates over nothing, or backwards, mean nothing. */
const orderProblems = ({ samples }: Capture, file: string): Problem[] =>
  samples.flatMap(({ at }, index) => {
    const before = samples[index - 1]?.at;
    if (before === undefined || Date.parse(at) > Date.parse(before)) return [];
    return findingIn(file)({
      path: ["samples", index, "at"],
      found: `${at}, not after ${before}`,
      allowed: "a time after that of the sample before",
      fix: "Put the samples in order, and drop one of two of the same moment.",
    });
  });

/** Reads a capture: JSON text to a checked Capture, or every problem found. */
export const parseCapture = (text: string, file: string): ParsedCapture => {
  const json = parseJson(text);
  if ("error" in json) return { ok: false, problems: [notJson(file, json)] };
  const result = captureSchema.safeParse(json.document);
  if (!result.success) {
    const subject = { file, document: json.document, schema: captureJsonSchema() as SchemaNode };
    return { ok: false, problems: result.error.issues.flatMap((issue) => issueProblems(subject, issue)) };
  }
  const problems = orderProblems(result.data, file);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, capture: result.data };
};
