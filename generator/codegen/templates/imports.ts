import { posix } from "node:path";
import { type Code, code, joinCode, mark } from "./code.ts";
import type { Template } from "./parse.ts";

/** The type of one or more templates' parameter, as the generated module imports it. */
export interface ImportedType {
  readonly type: string;
  /** The name in the generated module: types of one name from two modules get a number. */
  readonly alias: string;
  /** Path below the repository. */
  readonly module: string;
  /** The first template that names it. */
  readonly template: Template;
}

export type ImportedTypes = ReadonlyMap<string, ImportedType>;

export function collectTypes(templates: readonly Template[]): ImportedTypes {
  const types = new Map<string, ImportedType>();
  for (const template of templates) {
    if (types.has(typeKey(template))) continue;
    const { type } = template.param;
    const count = [...types.values()].filter((other) => other.type === type).length;
    const alias = count === 0 ? type : `${type}${count + 1}`;
    types.set(typeKey(template), { type, alias, module: moduleOf(template), template });
  }
  return types;
}

export const typeOf = (types: ImportedTypes, template: Template): string =>
  types.get(typeKey(template))?.alias ?? "";

export function typeImports(types: ImportedTypes, output: string): readonly Code[] {
  const byModule = Map.groupBy(types.values(), ({ module }) => module);
  return [...byModule].map(([module, group]) => {
    const names = group.map(({ type, alias, template }) =>
      mark(template.param.at, code`${alias === type ? type : `${type} as ${alias}`}`),
    );
    const line = code`import type { ${joinCode(names, ", ")} } from "${specifier(output, module)}";`;
    return group[0] ? mark(group[0].template.param.at, line) : line;
  });
}

/** @param calls the module of each function, below `render` */
export function callImports(
  calls: ReadonlyMap<string, string>,
  output: string,
  render: string,
): readonly string[] {
  const modules = [...new Set(calls.values())].sort();
  return modules.map((module) => {
    const names = [...calls].filter(([, from]) => from === module).map(([name]) => name);
    return `import { ${names.sort().join(", ")} } from "${specifier(output, posix.join(render, module))}";`;
  });
}

const typeKey = (template: Template): string => `${template.param.type} ${moduleOf(template)}`;

const moduleOf = ({ path, param }: Template): string => posix.join(posix.dirname(path), param.from);

function specifier(output: string, module: string): string {
  const relative = posix.relative(posix.dirname(output), module);
  return relative.startsWith(".") ? relative : `./${relative}`;
}
