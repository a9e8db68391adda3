import type { Code } from "./code.ts";
import { refuseHash } from "./expression.ts";
import { placeOf } from "./parse.ts";
import { refuse } from "./problem.ts";
import type { FunctionDraft, Scope } from "./scope.ts";

/** Writes the statements of a part of a template; `statements.ts` passes itself in. */
export type Write = (
  program: hbs.AST.Program | undefined,
  scope: Scope,
  draft: FunctionDraft,
) => readonly Code[];

/** `{{#name subject as |names|}} body {{else}} otherwise {{/name}}`. */
export interface Block {
  readonly name: string;
  readonly subject: hbs.AST.Expression;
  readonly body: hbs.AST.Program;
  readonly otherwise: hbs.AST.Program | undefined;
  readonly names: readonly string[];
}

export type WriteBlock = (block: Block, scope: Scope, draft: FunctionDraft, write: Write) => readonly Code[];

/** @param maxNames how many values a block of this name can name */
export function readBlock(node: hbs.AST.BlockStatement, maxNames: number, draft: FunctionDraft): Block {
  const at = placeOf(draft.template.path, node);
  const name = String(node.path.original);
  if (!node.program) {
    refuse(at, `the inverted block {{^${name}}}`, `{{#${name}}} ... {{else}}, or {{#unless}}`);
  }
  refuseHash(node.hash, draft);
  const [subject] = node.params;
  if (!subject || node.params.length > 1) {
    return refuse(at, `{{#${name}}} with ${node.params.length} arguments`, "one argument");
  }
  const names = node.program.blockParams ?? [];
  if (names.length > maxNames) {
    refuse(at, `as |${names.join(" ")}|`, `{{#${name}}} names at most ${maxNames} values`);
  }
  return { name, subject, body: node.program, otherwise: node.inverse, names };
}

/** A name for the variable that holds the value: the path's last part. */
export function lastName(subject: hbs.AST.Expression): string {
  const parts = subject.type === "PathExpression" ? (subject as hbs.AST.PathExpression).parts : [];
  const name = String(parts.at(-1) ?? "");
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : "value";
}

export const merge = (outer: Scope["blockParams"], inner: Scope["blockParams"]): Scope["blockParams"] =>
  new Map([...outer, ...inner]);
