/**
 * Writes every generated file of the repository, or with --check compares them: node generator/codegen/generate.ts [--check].
 * Exit status: 0 done or all fresh, 1 a file is stale or a template does not compile.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { captureJsonSchema } from "../analyze/capture/json-schema.ts";
import { evidenceJsonSchema } from "../evidence/json-schema.ts";
import { fleetJsonSchema } from "../fleet/json-schema.ts";
import { specJsonSchema } from "../spec/json-schema.ts";
import { formatJson } from "./format-json.ts";
import { generateOptions } from "./options/generate.ts";
import { generateTemplates } from "./templates/generate.ts";
import { TemplateError } from "./templates/problem.ts";
import { planJsonSchema } from "./type-schema/generate.ts";

/** A generated file: its path below the repository and the text that it should have. */
export interface Output {
  readonly path: string;
  readonly text: string;
}

const root = join(import.meta.dirname, "../..");
const mend = "run `npm run generate`";

const jsonSchema = (path: string, schema: object): Output => ({ path, text: `${formatJson(schema)}\n` });

/** For editors and for other programs. */
const jsonSchemas = (): readonly Output[] => [
  jsonSchema("generator/spec/spec.schema.json", specJsonSchema()),
  jsonSchema("generator/fleet/fleet.schema.json", fleetJsonSchema()),
  jsonSchema("generator/evidence/evidence.schema.json", evidenceJsonSchema()),
  jsonSchema("generator/analyze/capture/capture.schema.json", captureJsonSchema()),
  jsonSchema("generator/plan/plan.schema.json", planJsonSchema(root)),
];

/** The option types come first: modules that templates name may import them. */
const steps: readonly (() => readonly Output[])[] = [
  () => generateOptions(root),
  jsonSchemas,
  () => [generateTemplates(root)],
];

/** Paths of the outputs that the repository lacks or has otherwise. */
const staleOf = (outputs: readonly Output[], repository: string): readonly string[] =>
  outputs
    .filter(({ path, text }) => !existsSync(join(repository, path)) || read(repository, path) !== text)
    .map(({ path }) => path);

const read = (repository: string, path: string): string => readFileSync(join(repository, path), "utf8");

function write({ path, text }: Output): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function main(): number {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  let stale: readonly string[] = [];
  for (const step of steps) {
    const outputs = step();
    stale = [...stale, ...staleOf(outputs, root)];
    if (!values.check) outputs.forEach(write);
  }
  for (const path of stale) console.error(values.check ? `${path} is stale: ${mend}` : `wrote ${path}`);
  return values.check && stale.length > 0 ? 1 : 0;
}

function run(): number {
  try {
    return main();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    console.error(error.message);
    return 1;
  }
}

if (import.meta.main) process.exitCode = run();
