/** Compiles and runs templates for the tests: all in memory, with the repository's own runtime modules. */
import { basename, join } from "node:path";
import { ts } from "ts-morph";
import * as escapes from "../../../render/escape.ts";
import * as helpers from "../../../render/helpers.ts";
import * as print from "../../../render/nix/print.ts";
import * as runtime from "../../../render/template-runtime.ts";
import { openProject } from "../../typescript.ts";
import { checkTemplates } from "../check.ts";
import { compileTemplates, type Layout } from "../compile.ts";

export const root = join(import.meta.dirname, "../../../..");

export const layout: Layout = {
  templates: "templates",
  output: "generator/render/in-memory.generated.ts",
  render: "generator/render",
};

/** Templates by name without folder, each without its first line, which this adds: its type is View. Assets as they are. */
export const compile = (templates: Readonly<Record<string, string>>) =>
  compileTemplates(
    Object.entries(templates).map(([name, text]) => ({
      path: `templates/${name}`,
      text: name.endsWith(".hbs") ? firstLine + text : text,
    })),
    layout,
  );

export const firstLine = "{{!-- @param View from ../generator/render/in-memory-view.ts --}}\n";

const project = openProject(join(root, "tsconfig.json"));

/** Type-checks templates against `export interface View` as given. Throws TemplateError. */
export function check(templates: Readonly<Record<string, string>>, view: string): void {
  project.createSourceFile(join(root, "generator/render/in-memory-view.ts"), view, { overwrite: true });
  checkTemplates(compile(templates), layout, root, project);
}

type Render = (view: unknown) => string;

const modules: Readonly<Record<string, unknown>> = {
  "escape.ts": escapes,
  "helpers.ts": helpers,
  "print.ts": print,
  "template-runtime.ts": runtime,
};

/** The generated functions by name. */
export function load(templates: Readonly<Record<string, string>>): Readonly<Record<string, Render>> {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2024 };
  const { outputText } = ts.transpileModule(compile(templates).text, { compilerOptions: options });
  const exports: Record<string, Render> = {};
  new Function("require", "exports", outputText)((name: string) => modules[basename(name)], exports);
  return exports;
}
