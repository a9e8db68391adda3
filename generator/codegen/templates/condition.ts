import type { Block, Write, WriteBlock } from "./block.ts";
import { type Code, code, deeper } from "./code.ts";
import { expression, isBoolean } from "./expression.ts";
import { call, type FunctionDraft, type Scope } from "./scope.ts";

/** `#if` and `#unless`. */
export const writeIf: WriteBlock = (block, scope, draft, write) => {
  const test = condition(block, scope, draft);
  const body = deeper(write(block.body, scope, draft));
  return [code`if ${test} {`, ...body, ...otherwise(block, scope, draft, write)];
};

/** The test of an if statement, in its parentheses. */
function condition({ name, subject }: Block, scope: Scope, draft: FunctionDraft): Code {
  const value = expression(subject, scope, draft);
  const test = isBoolean(subject, draft)
    ? value
    : code`${call(draft, "isTruthy", "template-runtime.ts")}(${value})`;
  if (name === "unless") return code`(!${test})`;
  return subject.type === "SubExpression" && test === value ? test : code`(${test})`;
}

/** `{{else}}` to the end of an if statement; `{{else if}}` becomes `else if`. */
export function otherwise(block: Block, scope: Scope, draft: FunctionDraft, write: Write): readonly Code[] {
  const lines = write(block.otherwise, scope, draft);
  const [first, ...others] = lines;
  if (!first) return [code`}`];
  if (isChainedIf(block.otherwise)) return [code`} else ${first}`, ...others];
  return [code`} else {`, ...deeper(lines), code`}`];
}

function isChainedIf(program: hbs.AST.Program | undefined): boolean {
  const [only, ...others] = program?.body ?? [];
  if (only?.type !== "BlockStatement" || others.length > 0) return false;
  return ["if", "unless"].includes(String((only as hbs.AST.BlockStatement).path.original));
}
