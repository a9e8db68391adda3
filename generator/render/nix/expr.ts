/**
 * A Nix expression as plain data. Strings, numbers, booleans, null, arrays and plain objects stand for
 * themselves; what Nix has and JSON lacks is a tagged node. `print.ts` turns the whole into text.
 */

/** The key of a node's kind: `switch (node[tag])` tells the kinds apart. */
export const tag: unique symbol = Symbol("nix");

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

/**
 * A reference such as `pkgs.postgresql_17`, or any other expression; parentheses are added where its place needs them.
 * Only for code that dbtrfs itself writes, never for text from a spec.
 */
export const ref = (code: string): NixNode => ({ [tag]: "code", code });

/** A path relative to the generated file, such as `./disko.nix`. Printing throws UnprintablePath on any other. */
export const path = (relative: string): NixNode => ({ [tag]: "path", path: relative });

export const apply = (fn: string, ...args: NixValue[]): NixNode => ({ [tag]: "apply", fn, args });

export const mkDefault = (value: NixValue): NixNode => apply("lib.mkDefault", value);

export const mkIf = (condition: NixNode, value: NixValue): NixNode => apply("lib.mkIf", condition, value);

/** A comment before the attribute (or list element) that holds `value`, however deep; any text is allowed in it. */
export const comment = (text: string, value: NixValue): NixNode => ({ [tag]: "comment", text, value });
