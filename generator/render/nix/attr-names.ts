import { quote } from "./strings.ts";

const identifier = /^[a-zA-Z_][a-zA-Z0-9_'-]*$/;

/** `or` may be a bare name to Nix, but not a variable, and a reader takes it for the operator. */
const keywords = new Set(["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or"]);

export const isIdentifier = (name: string): boolean => identifier.test(name) && !keywords.has(name);

/** Bare where Nix takes it so, otherwise quoted. Throws UnprintableString as `quote` does. */
export const printAttrName = (name: string): string => (isIdentifier(name) ? name : quote(name));

/** Whether code is a variable or a selection from one (`pkgs.postgresql_17`), which stands anywhere without parentheses. */
export const isReference = (code: string): boolean => {
  const [variable = "", ...attributes] = code.split(".");
  return isIdentifier(variable) && attributes.every(isIdentifier);
};
