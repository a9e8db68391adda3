import { isIdentifier } from "./attr-names.ts";
import { commentLines } from "./comments.ts";
import type { NixValue } from "./expr.ts";
import { printNix } from "./print.ts";

export interface NixModule {
  /** A comment at the top of the file; any text. */
  readonly header: string;
  /** The arguments that the body uses: `config`, `lib`, `pkgs`. */
  readonly formals: readonly string[];
  readonly body: NixValue;
}

// nixfmt keeps two names and the dots on one line, and no more.
const printFormals = (formals: readonly string[]): string => {
  const all = [...formals, "..."];
  return all.length > 3 ? `{\n  ${all.join(",\n  ")}\n}:` : `{ ${all.join(", ")} }:`;
};

/** A NixOS module as a whole file. Throws TypeError on a formal that is no Nix identifier, and as `printNix` does. */
export const printModule = ({ header, formals, body }: NixModule): string => {
  const wrong = formals.find((name) => !isIdentifier(name));
  if (wrong !== undefined) throw new TypeError(`${JSON.stringify(wrong)} is no name for a module argument`);
  return `${[...commentLines(header, 0), printFormals(formals), printNix(body)].join("\n")}\n`;
};
