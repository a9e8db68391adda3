import Handlebars from "handlebars";
import { extensions, type Language, languageOf } from "./language.ts";
import { type Place, refuse } from "./problem.ts";

/** A template file: its path below the repository, with slashes, and its text. */
export interface TemplateSource {
  readonly path: string;
  readonly text: string;
}

export interface Template {
  readonly path: string;
  readonly language: Language;
  /** The exported TypeScript type of what the template prints, and the module, relative to the template. */
  readonly param: { readonly type: string; readonly from: string; readonly at: Place };
  readonly program: hbs.AST.Program;
}

/** Reads a template with Handlebars' own parser, which also strips the white space. Throws TemplateError. */
export function parseTemplate({ path, text }: TemplateSource): Template {
  const top = { file: path, line: 1, column: 1 };
  const language = languageOf(path);
  if (!language)
    refuse(top, "a template of an unknown language", `its name ends in ${extensions.join(", ")}`);
  const program = parseText(path, text);
  return { path, language, param: parseParam(path, program), program };
}

/** Where a node of the syntax tree stands. Handlebars counts columns from 0. */
export const placeOf = (file: string, { loc }: hbs.AST.Node): Place => ({
  file,
  line: loc.start.line,
  column: loc.start.column + 1,
});

function parseText(path: string, text: string): hbs.AST.Program {
  try {
    return Handlebars.parse(text);
  } catch (error) {
    const { message, lineNumber, column } = error as Handlebars.Exception;
    const line = lineNumber ?? Number(/on line (\d+)/.exec(message)?.[1] ?? 1);
    return refuse(
      { file: path, line, column: (column ?? 0) + 1 },
      `no Handlebars: ${message}`,
      "what Handlebars parses",
    );
  }
}

const paramPattern = /^\s*@param\s+([A-Za-z_$][\w$]*)\s+from\s+(\S+\.ts)\s*$/;

function parseParam(path: string, { body: [first] }: hbs.AST.Program): Template["param"] {
  const at = first ? placeOf(path, first) : { file: path, line: 1, column: 1 };
  const comment = first?.type === "CommentStatement" ? (first as hbs.AST.CommentStatement).value : "";
  const [, type, from] = paramPattern.exec(comment) ?? [];
  if (!type || !from) {
    refuse(at, "no type on the first line", "{{!-- @param Type from ../path/of/module.ts --}}");
  }
  return { type, from, at };
}
