import { readBlock, type Write, type WriteBlock } from "./block.ts";
import type { Code } from "./code.ts";
import { writeIf } from "./condition.ts";
import { writeEach } from "./loop.ts";
import { placeOf } from "./parse.ts";
import { refuse } from "./problem.ts";
import type { FunctionDraft, Scope } from "./scope.ts";
import { writeWith } from "./with.ts";

/** The blocks of the subset, and how many values each can name with `as |a b|`. */
const kinds: ReadonlyMap<string, { readonly names: number; readonly write: WriteBlock }> = new Map([
  ["if", { names: 0, write: writeIf }],
  ["unless", { names: 0, write: writeIf }],
  ["each", { names: 2, write: writeEach }],
  ["with", { names: 1, write: writeWith }],
]);

export function writeBlock(
  node: hbs.AST.BlockStatement,
  scope: Scope,
  draft: FunctionDraft,
  write: Write,
): readonly Code[] {
  const name = String(node.path.original);
  const known = [...kinds.keys()].map((kind) => `{{#${kind}}}`).join(", ");
  const kind = kinds.get(name) ?? refuse(placeOf(draft.template.path, node), `the block {{#${name}}}`, known);
  return kind.write(readBlock(node, kind.names, draft), scope, draft, write);
}
