import type { Write } from "./block.ts";
import { writeBlock } from "./blocks.ts";
import { type Code, code, mark } from "./code.ts";
import { expression, helperCall, helperOf, refuseHash, refuseHelperName } from "./expression.ts";
import { currentIndent, type Piece, printPieces } from "./output.ts";
import { placeOf } from "./parse.ts";
import { refuse } from "./problem.ts";
import { call, type FunctionDraft, read, type Scope } from "./scope.ts";

/** The statements that print a part of a template. */
export const writeProgram: Write = (program, scope, draft) => {
  const lines: Code[] = [];
  let pieces: Piece[] = [];
  for (const node of program?.body ?? []) {
    if (node.type === "BlockStatement") {
      lines.push(...printPieces(pieces));
      lines.push(...writeBlock(node as hbs.AST.BlockStatement, scope, draft, writeProgram));
      pieces = [];
    } else {
      pieces.push(...printed(node, pieces, scope, draft));
    }
  }
  return [...lines, ...printPieces(pieces)];
};

function printed(
  node: hbs.AST.Statement,
  before: readonly Piece[],
  scope: Scope,
  draft: FunctionDraft,
): Piece[] {
  switch (node.type) {
    case "ContentStatement":
      return [(node as hbs.AST.ContentStatement).value];
    case "CommentStatement":
      return [];
    case "MustacheStatement":
      return [mustache(node as hbs.AST.MustacheStatement, before, scope, draft)];
    case "PartialStatement":
      return [partial(node as hbs.AST.PartialStatement, scope, draft)];
    default:
      return refuse(
        placeOf(draft.template.path, node),
        `a ${node.type}`,
        "text, comments, {{values}}, {{> partials}}, {{#if}}, {{#unless}}, {{#each}}, {{#with}}",
      );
  }
}

function mustache(
  node: hbs.AST.MustacheStatement,
  before: readonly Piece[],
  scope: Scope,
  draft: FunctionDraft,
) {
  const at = placeOf(draft.template.path, node);
  const isCall = node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0;
  const helper = isCall ? helperOf(node, draft) : undefined;
  if (helper?.markup) return mark(at, helperCall(node, helper, scope, draft));
  const value = helper ? mark(at, helperCall(node, helper, scope, draft)) : field(node, scope, draft);
  return mark(
    at,
    node.escaped ? quoted(value, before, draft) : code`${call(draft, "verbatim", "escape.ts")}(${value})`,
  );
}

function field(node: hbs.AST.MustacheStatement, scope: Scope, draft: FunctionDraft): Code {
  const { path } = node;
  if (path.type !== "PathExpression") {
    return refuse(placeOf(draft.template.path, node), "a literal in braces", "a field; write text as text");
  }
  refuseHelperName(path as hbs.AST.PathExpression, scope, draft);
  return expression(path, scope, draft);
}

function quoted(value: Code, before: readonly Piece[], draft: FunctionDraft): Code {
  const { quote, from, takesIndent } = draft.template.language;
  const indent = takesIndent ? currentIndent(before) : 0;
  return code`${call(draft, quote, from)}(${value}${indent > 0 ? `, ${indent}` : ""})`;
}

function partial(node: hbs.AST.PartialStatement, scope: Scope, draft: FunctionDraft): Code {
  const output = mark(placeOf(draft.template.path, node), partialOutput(node, scope, draft));
  if (!node.indent) return output;
  return code`${call(draft, "indent", "template-runtime.ts")}(${output}, ${JSON.stringify(node.indent)})`;
}

function partialOutput(node: hbs.AST.PartialStatement, scope: Scope, draft: FunctionDraft): Code {
  const at = placeOf(draft.template.path, node);
  const name = "original" in node.name ? String(node.name.original) : "(dynamic)";
  const asset = draft.assets.get(name);
  refuseHash(node.hash, draft);
  const most = asset === undefined ? 1 : 0;
  if (node.params.length > most)
    refuse(at, `${node.params.length} arguments for the partial ${name}`, most === 1 ? "one" : "none");
  if (asset !== undefined) return code`${asset}`;
  const known = [...draft.partials.keys(), ...draft.assets.keys()].join(", ");
  const fn =
    draft.partials.get(name) ??
    refuse(at, `the partial ${name}`, `a template of the same language: ${known}`);
  const [param] = node.params;
  return code`${fn}(${param ? expression(param, scope, draft) : read(scope.self)})`;
}
