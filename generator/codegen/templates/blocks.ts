import { type Code, code, deeper } from "./code.ts";
import { expression, isBoolean, refuseHash } from "./expression.ts";
import { placeOf } from "./parse.ts";
import { refuse } from "./problem.ts";
import { call, declare, type FunctionDraft, read, type Scope, type Variable } from "./scope.ts";

/** Writes the statements of a part of a template; `statements.ts` passes itself in. */
export type Write = (
  program: hbs.AST.Program | undefined,
  scope: Scope,
  draft: FunctionDraft,
) => readonly Code[];

interface Block {
  readonly name: string;
  readonly subject: hbs.AST.Expression;
  readonly body: hbs.AST.Program;
  readonly otherwise: hbs.AST.Program | undefined;
  readonly names: readonly string[];
}

type WriteBlock = (block: Block, scope: Scope, draft: FunctionDraft, write: Write) => readonly Code[];

const kinds: Readonly<Record<string, { readonly names: number; readonly write: WriteBlock }>> = {
  if: { names: 0, write: writeIf },
  unless: { names: 0, write: writeIf },
  each: { names: 2, write: writeEach },
  with: { names: 1, write: writeWith },
};

export function writeBlock(node: hbs.AST.BlockStatement, scope: Scope, draft: FunctionDraft, write: Write) {
  const block = readBlock(node, draft);
  return kinds[block.name]?.write(block, scope, draft, write) ?? [];
}

function readBlock(node: hbs.AST.BlockStatement, draft: FunctionDraft): Block {
  const at = placeOf(draft.template.path, node);
  const name = String(node.path.original);
  const kind = kinds[name];
  if (!kind) refuse(at, `the block {{#${name}}}`, "{{#if}}, {{#unless}}, {{#each}}, {{#with}}");
  if (!node.program)
    refuse(at, `the inverted block {{^${name}}}`, `{{#${name}}} ... {{else}}, or {{#unless}}`);
  refuseHash(node.hash, draft);
  const [subject] = node.params;
  if (!subject || node.params.length > 1) {
    return refuse(at, `{{#${name}}} with ${node.params.length} arguments`, "one argument");
  }
  const names = node.program.blockParams ?? [];
  if (names.length > kind.names) {
    refuse(at, `as |${names.join(" ")}|`, `{{#${name}}} names at most ${kind.names} values`);
  }
  return { name, subject, body: node.program, otherwise: node.inverse, names };
}

function writeIf(block: Block, scope: Scope, draft: FunctionDraft, write: Write): readonly Code[] {
  const test = condition(block, scope, draft);
  return [
    code`if ${test} {`,
    ...deeper(write(block.body, scope, draft)),
    ...rest(block, scope, draft, write),
  ];
}

/** The test of an if statement, in its parentheses. */
function condition({ name, subject }: Block, scope: Scope, draft: FunctionDraft): Code {
  const value = expression(subject, scope, draft);
  const test = isBoolean(subject, draft) ? value : code`${call(draft, "isTruthy", runtime)}(${value})`;
  if (name === "unless") return code`(!${test})`;
  return subject.type === "SubExpression" && test === value ? test : code`(${test})`;
}

/** `{{else}}` to the end of an if statement; `{{else if}}` becomes `else if`. */
function rest({ otherwise }: Block, scope: Scope, draft: FunctionDraft, write: Write): readonly Code[] {
  const lines = write(otherwise, scope, draft);
  const [first, ...others] = lines;
  if (!first) return [code`}`];
  if (isChainedIf(otherwise)) return [code`} else ${first}`, ...others];
  return [code`} else {`, ...deeper(lines), code`}`];
}

function isChainedIf(program: hbs.AST.Program | undefined): boolean {
  const [only, ...others] = program?.body ?? [];
  if (only?.type !== "BlockStatement" || others.length > 0) return false;
  return writeIf === kinds[String((only as hbs.AST.BlockStatement).path.original)]?.write;
}

function writeEach(block: Block, scope: Scope, draft: FunctionDraft, write: Write): readonly Code[] {
  const rounds = code`${call(draft, "each", runtime)}(${expression(block.subject, scope, draft)})`;
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
}

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

function writeWith(block: Block, scope: Scope, draft: FunctionDraft, write: Write): readonly Code[] {
  const subject = expression(block.subject, scope, draft);
  const value = declare(draft, block.names[0] ?? lastName(block.subject));
  const blockParams = new Map(block.names.map((name) => [name, () => read(value)]));
  // Handlebars opens no level for `../` where the context stays what it was (`wrapProgram` in runtime.js).
  const levels = subject.text === scope.self.name ? scope.levels : [scope.self, ...scope.levels];
  const inner = { ...scope, self: value, levels, blockParams: merge(scope.blockParams, blockParams) };
  const body = write(block.body, inner, draft);
  return [
    code`const ${value.name} = ${subject};`,
    code`if (${call(draft, "isPresent", runtime)}(${value.name})) {`,
    ...deeper(body),
    ...rest(block, scope, draft, write),
  ];
}

const merge = (outer: Scope["blockParams"], inner: Scope["blockParams"]): Scope["blockParams"] =>
  new Map([...outer, ...inner]);

const runtime = "template-runtime.ts";

/** A name for the variable that holds the value: the path's last part. */
function lastName(subject: hbs.AST.Expression): string {
  const parts = subject.type === "PathExpression" ? (subject as hbs.AST.PathExpression).parts : [];
  const name = String(parts.at(-1) ?? "");
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : "value";
}

const singular = (name: string): string => (/[^sui]s$/.test(name) ? name.slice(0, -1) : `${name}Item`);
