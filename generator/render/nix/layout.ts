import { applicationAfter, applicationBelow, applicationInParentheses } from "./application.ts";
import { expandSet } from "./attr-sets.ts";
import { commentsBefore } from "./comments.ts";
import { flat, flatElementSet } from "./flat.ts";
import { fits, newline, type Place, startOfLine } from "./place.ts";
import type { Block, Commented, List, Parentheses, Shape } from "./shape.ts";

/** The shape on one line if its style allows that and it fits, otherwise over several lines. */
export const layout = (shape: Shape, place: Place): string => {
  const line = flat(shape);
  return line !== undefined && fits(line, place) ? line : expand(shape, place);
};

/** The shape over several lines, if it has a form of several lines. */
export const expand = (shape: Shape, place: Place): string => {
  switch (shape.kind) {
    case "text":
      return shape.text.replaceAll(/\n(?=.)/g, newline(place.indent));
    case "block":
      return expandBlock(shape, place.indent);
    case "list":
      return expandList(shape, place.indent);
    case "set":
      return expandSet(shape, place.indent, "nested");
    case "application":
      return applicationAfter(shape, place) ?? applicationBelow(shape, place);
    case "parentheses":
      return shape.inner.kind === "application"
        ? applicationInParentheses(shape.inner, place)
        : loose(shape, place.indent);
  }
};

/** Parentheses with the inner expression on lines of its own. */
export const loose = ({ inner }: Parentheses, indent: number): string =>
  `(${newline(indent + 2)}${layout(inner, startOfLine(indent + 2))}${newline(indent)})`;

const expandBlock = ({ lines }: Block, indent: number): string => {
  const last = lines.at(-1) === "" ? newline(indent) : "";
  const body = last === "" ? lines : lines.slice(0, -1);
  return `''${body.map((line) => (line === "" ? "\n" : newline(indent + 2) + line)).join("")}${last}''`;
};

const element = ({ comments, shape }: Commented, indent: number): string => {
  const place = startOfLine(indent);
  const line = shape.kind === "set" ? flatElementSet(shape) : undefined;
  return (
    commentsBefore(comments, indent) + (line !== undefined && fits(line, place) ? line : layout(shape, place))
  );
};

const expandList = ({ items }: List, indent: number): string =>
  `[${items.map((item) => newline(indent + 2) + element(item, indent + 2)).join("")}${newline(indent)}]`;
