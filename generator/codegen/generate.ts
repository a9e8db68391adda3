/**
 * Writes every generated file of the repository, or with --check compares them: node generator/codegen/generate.ts [--check].
 * Exit status: 0 done or all fresh, 1 a file is stale or a template does not compile.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { formatJson } from "./json.ts";
import { generateOptions } from "./options/generate.ts";
import { generateTemplates } from "./templates/generate.ts";
import { TemplateError } from "./templates/problem.ts";

/** A generated file: its path below the repository and the text that it should have. */
export interface Output {
  readonly path: string;
  readonly text: string;
}

const root = join(import.meta.dirname, "../..");
const mend = "run `npm run generate`";

/** JSON Schemas, for editors and for other programs: where they go, and the function that makes each. */
const schemas = [
  {
    path: "generator/spec/spec.schema.json",
    module: "generator/spec/json-schema.ts",
    make: "specJsonSchema",
  },
  {
    path: "generator/evidence/evidence.schema.json",
    module: "generator/evidence/json-schema.ts",
    make: "evidenceJsonSchema",
  },
] as const;

const jsonSchemas = (): Promise<readonly Output[]> =>
  Promise.all(
    schemas.map(async ({ path, module, make }) => {
      const made = (await import(pathToFileURL(join(root, module)).href)) as Record<string, () => object>;
      return { path, text: `${formatJson(made[make]?.() ?? {})}\n` };
    }),
  );

/** The option types come first: modules that templates name may import them. */
const steps: readonly (() => Promise<readonly Output[]>)[] = [
  async () => generateOptions(root),
  jsonSchemas,
  async () => [generateTemplates(root)],
];

/** Paths of the outputs that the repository lacks or has otherwise. */
export const staleOf = (outputs: readonly Output[], repository: string): readonly string[] =>
  outputs
    .filter(({ path, text }) => !existsSync(join(repository, path)) || read(repository, path) !== text)
    .map(({ path }) => path);

const read = (repository: string, path: string): string => readFileSync(join(repository, path), "utf8");

function write({ path, text }: Output): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  let stale: readonly string[] = [];
  for (const step of steps) {
    const outputs = await step();
    stale = [...stale, ...staleOf(outputs, root)];
    if (!values.check) outputs.forEach(write);
  }
  for (const path of stale) console.error(values.check ? `${path} is stale: ${mend}` : `wrote ${path}`);
  return values.check && stale.length > 0 ? 1 : 0;
}

function report(error: unknown): number {
  if (!(error instanceof TemplateError)) throw error;
  console.error(error.message);
  return 1;
}

if (import.meta.main) process.exitCode = await main().catch(report);
