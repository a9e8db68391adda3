import { join } from "node:path";
import type { Project } from "ts-morph";
import { typeErrors } from "../typescript.ts";
import { type Code, placeAt } from "./code.ts";
import type { Layout } from "./compile.ts";
import { TemplateError, type TemplateProblem } from "./problem.ts";

/**
 * Lets the TypeScript compiler judge a generated module and names the template's line for each error: an unknown field,
 * a value that may be missing, one that cannot be printed. Throws TemplateError.
 */
export function checkTemplates(module: Code, layout: Layout, root: string, project: Project): void {
  const errors = typeErrors(project, join(root, layout.output), module.text);
  if (errors.length > 0)
    throw new TemplateError(errors.map(({ offset, message }) => locate(module, offset, message)));
}

function locate(module: Code, offset: number, message: string): TemplateProblem {
  const at = placeAt(module, offset);
  // Code without a place is none of the template's: the generator itself wrote it wrong.
  if (!at) throw new Error(`the generated module does not compile at offset ${offset}: ${message}`);
  return {
    at,
    found: message,
    allowed: "a value of the type on the template's first line; {{#if x}} admits a missing x",
  };
}
