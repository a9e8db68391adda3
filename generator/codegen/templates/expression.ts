import { type Code, code, joinCode, mark } from "./code.ts";
import { findHelper, type Helper, helperUsages, isHelperName } from "./helpers-table.ts";
import { placeOf } from "./parse.ts";
import { refuse } from "./problem.ts";
import { call, type FunctionDraft, read, type Scope, type Variable } from "./scope.ts";

const positions = new Set(["index", "key", "first", "last"]);

/** The value of an argument: a path, a literal or a subexpression. */
export function expression(node: hbs.AST.Expression, scope: Scope, draft: FunctionDraft): Code {
  const at = placeOf(draft.template.path, node);
  switch (node.type) {
    case "PathExpression":
      return mark(at, path(node as hbs.AST.PathExpression, scope, draft));
    case "SubExpression":
      return mark(at, subexpression(node as hbs.AST.SubExpression, scope, draft));
    case "StringLiteral":
    case "NumberLiteral":
    case "BooleanLiteral":
      return mark(at, code`${JSON.stringify((node as hbs.AST.StringLiteral).value)}`);
    case "NullLiteral":
      return mark(at, code`null`);
    case "UndefinedLiteral":
      return mark(at, code`undefined`);
    default:
      return refuse(at, `a ${node.type}`, "a path, a literal or a helper call in parentheses");
  }
}

/** Anything with a helper's name and arguments: `{{helper a b}}`, `(helper a b)`. */
export type Call = hbs.AST.MustacheStatement | hbs.AST.SubExpression;

export function helperOf(node: Call, draft: FunctionDraft): Helper {
  const at = placeOf(draft.template.path, node);
  const name = "original" in node.path ? String(node.path.original) : node.path.type;
  const helper = findHelper(name);
  if (!helper) return refuse(at, `a call of ${name}, which is no helper`, `helpers: ${helperUsages}`);
  refuseHash(node.hash, draft);
  const [min, max] = helper.arity;
  if (node.params.length < min || node.params.length > max) {
    refuse(at, `${node.params.length} arguments for ${name}`, `(${helper.usage})`);
  }
  const wrongLanguage = helper.markup && helper.markup !== draft.template.language.extension;
  if (wrongLanguage)
    refuse(at, `a call of ${name}`, `it makes .${helper.markup} markup, for .${helper.markup}.hbs`);
  return helper;
}

export function helperCall(node: Call, helper: Helper, scope: Scope, draft: FunctionDraft): Code {
  const operands = node.params.map((param) => expression(param, scope, draft));
  if (helper.condition) return helper.condition(...operands);
  return code`${call(draft, helper.name, "helpers.ts")}(${joinCode(operands, ", ")})`;
}

/** Whether the value is true or false, so that a condition needs no more: `(eq a b)`, `@first`, `@last`. */
export function isBoolean(node: hbs.AST.Expression, draft: FunctionDraft): boolean {
  if (node.type === "SubExpression")
    return helperOf(node as hbs.AST.SubExpression, draft).condition !== undefined;
  return (
    node.type === "PathExpression" && /^@.*\b(first|last)$/.test((node as hbs.AST.PathExpression).original)
  );
}

/** Refuses `name=value` arguments. */
export function refuseHash(hash: hbs.AST.Hash | undefined, draft: FunctionDraft): void {
  const pair = hash?.pairs[0];
  if (pair)
    refuse(placeOf(draft.template.path, pair), `the argument ${pair.key}=`, "arguments without a name");
}

function subexpression(node: hbs.AST.SubExpression, scope: Scope, draft: FunctionDraft): Code {
  const helper = helperOf(node, draft);
  const at = placeOf(draft.template.path, node);
  if (helper.markup)
    refuse(at, `${helper.name} inside another call`, `{{${helper.usage}}}: markup is only printed`);
  const value = helperCall(node, helper, scope, draft);
  return helper.condition ? code`(${value})` : value;
}

/** Refuses what Handlebars would take for a helper without arguments, where a field was perhaps meant. */
export function refuseHelperName(node: hbs.AST.PathExpression, scope: Scope, draft: FunctionDraft): void {
  const simple = node.depth === 0 && !node.data && node.parts.length === 1 && node.original === node.parts[0];
  const name = String(node.parts[0]);
  if (!simple || !isHelperName(name) || scope.blockParams.has(name)) return;
  const usage = findHelper(name)?.usage;
  refuse(
    placeOf(draft.template.path, node),
    `the helper ${name} without arguments`,
    `${usage ? `{{${usage}}}, or ` : ""}{{this.${name}}} for a field of that name`,
  );
}

function path(node: hbs.AST.PathExpression, scope: Scope, draft: FunctionDraft): Code {
  if (node.data) return position(node, scope, draft);
  const [first, ...rest] = node.parts.map(String);
  const scoped = /^(\.|this\b)/.test(node.original);
  const param = node.depth === 0 && !scoped && first !== undefined ? scope.blockParams.get(first) : undefined;
  if (param) return code`${param()}${rest.map(member).join("")}`;
  return code`${read(outer(node, scope, draft))}${node.parts.map(String).map(member).join("")}`;
}

function outer(node: hbs.AST.PathExpression, scope: Scope, draft: FunctionDraft): Variable {
  const self = [scope.self, ...scope.levels][node.depth];
  const at = placeOf(draft.template.path, node);
  return self ?? refuse(at, node.original, "one ../ for each #each or #with around");
}

function position(node: hbs.AST.PathExpression, scope: Scope, draft: FunctionDraft): Code {
  const at = placeOf(draft.template.path, node);
  const name = node.parts.join(".");
  if (!positions.has(name)) refuse(at, node.original, "@index, @key, @first, @last, or @../index and so on");
  const loop =
    scope.loops[node.depth] ?? refuse(at, `${node.original} outside a loop`, "it stands inside #each");
  return code`${read(loop)}.${name}`;
}

function member(part: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(part)) return `.${part}`;
  return /^(0|[1-9]\d*)$/.test(part) ? `[${part}]` : `[${JSON.stringify(part)}]`;
}
