import type { AttrSet, Commented, List, Shape } from "./shape.ts";
import { isSimple } from "./shape.ts";

const longestArgumentList = 6;

/** A list as an argument that others follow, which nixfmt keeps on one line while it is short and plain. */
const flatArgumentList = (list: List): string | undefined => {
  const plain = list.items.every((item) => item.comments.length === 0 && isSimple(item.shape));
  if (list.items.length < 2 || list.items.length > longestArgumentList || !plain) return flatList(list.items);
  return join(["[", ...list.items.map((item) => flat(item.shape)), "]"]);
};

const join = (parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join(" ");

/** Of two or more elements each has its own line. */
const flatList = ([first, ...others]: readonly Commented[]): string | undefined => {
  if (first === undefined) return "[ ]";
  if (others.length > 0 || first.comments.length > 0) return undefined;
  return join(["[", first.shape.kind === "set" ? flatElementSet(first.shape) : flat(first.shape), "]"]);
};

/** A set of one attribute may stand on one line, but only in a list. */
export const flatElementSet = ({ bindings: [first, ...others] }: AttrSet): string | undefined => {
  if (first === undefined) return "{ }";
  const value = flat(first.shape);
  if (others.length > 0 || first.comments.length > 0 || value === undefined) return undefined;
  return `{ ${first.path.join(".")} = ${value}; }`;
};

/** Arguments on one line; the last list is short-listed only beside another list. */
export const flatArguments = (args: readonly Shape[], last: boolean): (string | undefined)[] =>
  args.map((arg, index) => {
    const final = last && index === args.length - 1 && args[index - 1]?.kind !== "list";
    return arg.kind === "list" && !final ? flatArgumentList(arg) : flat(arg);
  });

/** The shape on one line, or undefined where the style wants more lines. */
export const flat = (shape: Shape): string | undefined => {
  switch (shape.kind) {
    case "text":
      return shape.text.includes("\n") ? undefined : shape.text;
    case "block":
      return undefined;
    case "list":
      return flatList(shape.items);
    case "set":
      return shape.bindings.length === 0 ? "{ }" : undefined;
    case "application":
      return join([shape.fn, ...flatArguments(shape.args, true)]);
    case "parentheses": {
      const inner = flat(shape.inner);
      return inner === undefined ? undefined : `(${inner})`;
    }
  }
};
