import * as z from "zod";
import { notJson, parseJson } from "../json-text.ts";
import type { Problem } from "../problem.ts";
import type { SchemaNode } from "../spec/schema-node.ts";
import { issueProblems } from "../spec/schema-problems.ts";
import schema from "./plan.schema.json" with { type: "json" };
import type { Plan } from "./types.ts";

export type ParsedPlan =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: Problem[] };

const planAnew = "Compile it anew with this version: dbtrfs plan SPEC --out DIR.";

/** Whether a document says that it is a plan, of whatever version. */
export const isPlan = (document: unknown): boolean =>
  typeof document === "object" && document !== null && "planVersion" in document;

/** Reads plan.json as dbtrfs wrote it, or says what of it is no plan of this version. */
export const parsePlan = (text: string, file: string): ParsedPlan => {
  const json = parseJson(text);
  if ("error" in json) return { ok: false, problems: [{ ...notJson(file, json), fix: planAnew }] };
  const checked = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(json.document);
  // The schema is made of the type (codegen/type-schema).
  if (checked.success) return { ok: true, plan: json.document as Plan };
  const subject = { file, document: json.document, schema: schema as SchemaNode };
  const problems = checked.error.issues.flatMap((issue) => issueProblems(subject, issue));
  return { ok: false, problems: problems.map((problem) => ({ ...problem, fix: planAnew })) };
};
