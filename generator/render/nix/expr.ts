/**
 * A Nix expression as plain data. Strings, numbers, booleans, null, arrays and plain objects stand for
 * themselves; what Nix has and JSON lacks is a tagged node. `print.ts` turns the whole into text.
 */

const tag = Symbol("nix");

export type NixNode =
  | { readonly [tag]: "code"; readonly code: string }
  | { readonly [tag]: "path"; readonly path: string }
  | { readonly [tag]: "apply"; readonly fn: string; readonly args: readonly NixValue[] }
  | { readonly [tag]: "comment"; readonly text: string; readonly value: NixValue };

export type NixValue =
  | string
  | number
  | boolean
  | null
  | NixNode
  | readonly NixValue[]
  | { readonly [name: string]: NixValue | undefined };

/** A value of type T as an option wants it, or an expression that evaluates to one. */
export type Nix<T> = T | NixNode;

export const isNode = (value: unknown): value is NixNode =>
  typeof value === "object" && value !== null && tag in value;

export const kindOf = (node: NixNode) => node[tag];

/** A reference such as `pkgs.postgresql_17`. Only for code that dbtrfs itself writes, never for text from a spec. */
export const ref = (code: string): NixNode => ({ [tag]: "code", code });

/** A path relative to the generated file, such as `./disko.nix`. */
export const path = (relative: string): NixNode => ({ [tag]: "path", path: relative });

export const apply = (fn: string, ...args: NixValue[]): NixNode => ({ [tag]: "apply", fn, args });

export const mkDefault = (value: NixValue): NixNode => apply("lib.mkDefault", value);

/** `condition` is code of ours, as for `ref`. */
export const mkIf = (condition: string, value: NixValue): NixNode =>
  apply("lib.mkIf", ref(`(${condition})`), value);

/** A comment before the attribute (or list element) that holds `value`; any text is allowed in it. */
export const comment = (text: string, value: NixValue): NixNode => ({ [tag]: "comment", text, value });
