import { type Block, lastName, merge, type Write, type WriteBlock } from "./block.ts";
import { type Code, code, deeper } from "./code.ts";
import { expression } from "./expression.ts";
import { call, declare, type FunctionDraft, read, type Scope, type Variable } from "./scope.ts";

/** `#each`; its `{{else}}` follows the loop. */
export const writeEach: WriteBlock = (block, scope, draft, write) => {
  const rounds = code`${call(draft, "each", "template-runtime.ts")}(${expression(block.subject, scope, draft)})`;
  const otherwise = write(block.otherwise, scope, draft);
  if (otherwise.length === 0) return writeLoop(block, rounds, scope, draft, write);
  const { name } = declare(draft, "rounds");
  return [
    code`const ${name} = ${rounds};`,
    ...writeLoop(block, code`${name}`, scope, draft, write),
    code`if (${name}.length === 0) {`,
    ...deeper(otherwise),
    code`}`,
  ];
};

function writeLoop(
  block: Block,
  rounds: Code,
  scope: Scope,
  draft: FunctionDraft,
  write: Write,
): readonly Code[] {
  const [name, key] = block.names;
  const item = declare(draft, name ?? singular(lastName(block.subject)));
  const at = declare(draft, "at");
  const blockParams = new Map<string, () => string>();
  if (name !== undefined) blockParams.set(name, () => read(item));
  if (key !== undefined) blockParams.set(key, () => `${read(at)}.key`);
  const inner = {
    self: item,
    levels: [scope.self, ...scope.levels],
    blockParams: merge(scope.blockParams, blockParams),
    loops: [at, ...scope.loops],
  };
  const body = deeper(write(block.body, inner, draft));
  // The next loop may use the names again.
  for (const variable of [item, at]) draft.names.delete(variable.name);
  return [code`for (const ${pattern(item, at)} of ${rounds}) {`, ...body, code`}`];
}

function pattern(item: Variable, at: Variable): string {
  if (at.used) return `[${item.used ? item.name : ""}, ${at.name}]`;
  return item.used ? `[${item.name}]` : "_";
}

const singular = (name: string): string => (/[^sui]s$/.test(name) ? name.slice(0, -1) : `${name}Item`);
