import { isIdentifier } from "./attr-names.ts";
import { commentLines } from "./comments.ts";
import type { NixValue } from "./expr.ts";
import { printNix } from "./print.ts";

/** An argument, by its name; or with code of ours for where nobody passes it. */
export type Formal = string | { readonly name: string; readonly default: string };

export interface NixModule {
  /** A comment at the top of the file; any text. */
  readonly header: string;
  /** The arguments that the body uses: `config`, `lib`, `pkgs`. */
  readonly formals: readonly Formal[];
  readonly body: NixValue;
}

const nameOf = (formal: Formal): string => (typeof formal === "string" ? formal : formal.name);

const printFormal = (formal: Formal): string =>
  typeof formal === "string" ? formal : `${formal.name} ? ${formal.default}`;

// nixfmt keeps two names and the dots on one line, and no more, and no defaults.
const printFormals = (formals: readonly Formal[]): string => {
  const all = [...formals.map(printFormal), "..."];
  const broken = all.length > 3 || formals.some((formal) => typeof formal !== "string");
  return broken ? `{\n  ${all.join(",\n  ")}\n}:` : `{ ${all.join(", ")} }:`;
};

/** A NixOS module as a whole file. Throws TypeError on a formal that is no Nix identifier, and as `printNix` does. */
export const printModule = ({ header, formals, body }: NixModule): string => {
  const wrong = formals.map(nameOf).find((name) => !isIdentifier(name));
  if (wrong !== undefined) throw new TypeError(`${JSON.stringify(wrong)} is no name for a module argument`);
  return `${[...commentLines(header, 0), printFormals(formals), printNix(body)].join("\n")}\n`;
};
