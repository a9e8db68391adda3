import type { Template } from "./parse.ts";

/** A variable of the generated function. One that the template never mentions is left out of the code. */
export interface Variable {
  readonly name: string;
  used: boolean;
}

/**
 * What a part of a template sees. `#each` and `#with` open a scope; `#if` and `#unless` do not. Handlebars decides about
 * `../` as it runs, by comparing contexts; here the text decides, so they differ where an element equals what it is in.
 */
export interface Scope {
  /** `this`. */
  readonly self: Variable;
  /** `../`, `../../` and so on. */
  readonly levels: readonly Variable[];
  /** Block parameters in reach, as code that reads them. */
  readonly blockParams: ReadonlyMap<string, () => string>;
  /** The positions of the loops around, the innermost first: `@index`, `@../index`. */
  readonly loops: readonly Variable[];
}

/** The function that one template becomes, while it is written. */
export interface FunctionDraft {
  readonly template: Template;
  /** Names of the functions of all templates of this language, by the name a partial call uses. */
  readonly partials: ReadonlyMap<string, string>;
  /** Names of the constants with what templates of this language take in as it is, by the name a partial call uses. */
  readonly assets: ReadonlyMap<string, string>;
  /** Variables in use, and names that none may take. */
  readonly names: Set<string>;
  /** Functions that the code calls and the module that exports each, below `generator/render`. */
  readonly calls: Map<string, string>;
}

/** A variable whose name is as near to `wanted` as is free. */
export function declare({ names }: FunctionDraft, wanted: string): Variable {
  const stem = wanted.replace(/[^\w$]|^\d/g, "_");
  let name = stem;
  for (let count = 2; names.has(name); count++) name = `${stem}${count}`;
  names.add(name);
  return { name, used: false };
}

export function read(variable: Variable): string {
  variable.used = true;
  return variable.name;
}

/** Notes that the code calls a function of `generator/render`, and returns its name. */
export function call(draft: FunctionDraft, name: string, module: string): string {
  draft.calls.set(name, module);
  return name;
}
