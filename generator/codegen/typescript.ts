import { Project, ts } from "ts-morph";

/** A project with the repository's compiler options that reads a source file only when another imports it. */
export const openProject = (tsconfig: string): Project =>
  new Project({ tsConfigFilePath: tsconfig, skipAddingFilesFromTsConfig: true });

export interface TypeScriptError {
  /** Offset in the text. */
  readonly offset: number;
  readonly message: string;
}

/** What the compiler has against `text` as the content of the file `path`; nothing is written. */
export function typeErrors(project: Project, path: string, text: string): readonly TypeScriptError[] {
  const source = project.createSourceFile(path, text, { overwrite: true });
  return source.getPreEmitDiagnostics().map((diagnostic) => ({
    offset: diagnostic.getStart() ?? 0,
    message: ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, " ").replace(/\s+/g, " "),
  }));
}
