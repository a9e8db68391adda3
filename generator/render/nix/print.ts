import { expandSet } from "./attr-sets.ts";
import { commentsBefore } from "./comments.ts";
import type { NixValue } from "./expr.ts";
import { layout } from "./layout.ts";
import { lower } from "./lower.ts";
import { startOfLine } from "./place.ts";
import type { Shape } from "./shape.ts";

const outermost = (shape: Shape, indent: number): string =>
  shape.kind === "set" && shape.bindings.length > 0
    ? expandSet(shape, indent, "outermost")
    : layout(shape, startOfLine(indent));

/**
 * A value as Nix source in the style of nixfmt 1.4 (RFC 166), without a final newline. `indent` is the number of columns by
 * which every line but the first is moved right. Attributes that are undefined are left out. Code is printed as it is, only
 * its second and further lines move with the indentation: it must not have a newline in a `"` string.
 *
 * Throws UnprintableString (a NUL, a lone surrogate), UnprintableNumber (not finite, beyond 2^53, subnormal) and
 * UnprintablePath for what Nix source cannot hold.
 */
export const printNix = (value: NixValue, indent = 0): string => {
  const { comments, shape } = lower(value);
  return commentsBefore(comments, indent) + outermost(shape, indent);
};
