import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { openProject } from "../typescript.ts";
import { isAsset } from "./asset.ts";
import { checkTemplates } from "./check.ts";
import { compileTemplates, type Layout } from "./compile.ts";
import type { TemplateSource } from "./parse.ts";

const layout: Layout = {
  templates: "templates",
  output: "generator/render/templates.generated.ts",
  render: "generator/render",
};

/** The text of the file with all render functions. `root` is the repository. Throws TemplateError. */
export function generateTemplates(root: string): { readonly path: string; readonly text: string } {
  const module = compileTemplates(readTemplates(root), layout);
  checkTemplates(module, layout, root, openProject(join(root, "tsconfig.json")));
  return { path: layout.output, text: module.text };
}

const isSource = (path: string): boolean => path.endsWith(".hbs") || isAsset({ path, text: "" });

function readTemplates(root: string): readonly TemplateSource[] {
  const names = readdirSync(join(root, layout.templates), { recursive: true, encoding: "utf8" });
  return names
    .filter(isSource)
    .map((name) => posix.join(layout.templates, ...name.split(sep)))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
