import { isReference, printAttrName } from "./attr-names.ts";
import { isNode, type NixNode, type NixValue, tag } from "./expr.ts";
import { printNumber } from "./numbers.ts";
import { printPath } from "./paths.ts";
import type { Application, Binding, Commented, Shape, Text } from "./shape.ts";
import { indentedLines, quote } from "./strings.ts";

type Attributes = { readonly [name: string]: NixValue | undefined };

const isList = (value: NixValue): value is readonly NixValue[] => Array.isArray(value);

const isAttributes = (value: unknown): value is Attributes => {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isNode(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const present = (attributes: Attributes): [string, NixValue][] =>
  Object.entries(attributes).filter((entry): entry is [string, NixValue] => entry[1] !== undefined);

const text = (text: string, is: Partial<Text> = {}): Text => ({
  kind: "text",
  text,
  term: true,
  attached: false,
  simple: true,
  ...is,
});

const lowerString = (value: string): Shape => {
  const lines = indentedLines(value);
  return lines ? { kind: "block", lines } : text(quote(value), { attached: true });
};

const lowerNumber = (value: number): Text =>
  value < 0 ? text(printNumber(value), { term: false, simple: false }) : text(printNumber(value));

/** Code that is one term by its looks: a reference, a number, a plain string, a bracket without another one in it. */
const isTerm = (code: string): boolean =>
  isReference(code) || /^(\d+|"[^"\\]*"|[([{][^()[\]{}"'#/]*[)\]}])$/.test(code);

// Code of several lines begins where it stands: its author has broken it already.
const lowerCode = (code: string): Text =>
  text(code, { term: isTerm(code), attached: code.includes("\n"), simple: isReference(code) });

/** A shape as a list element or an argument. */
const asTerm = (shape: Shape): Shape =>
  shape.kind === "application" || (shape.kind === "text" && !shape.term)
    ? { kind: "parentheses", inner: shape }
    : shape;

const lowerTerm = (value: NixValue): Commented => {
  const { comments, shape } = lower(value);
  return { comments, shape: asTerm(shape) };
};

// A comment has no place of its own within a line, so those on arguments go before the whole.
const lowerApplication = (fn: string, args: readonly NixValue[]): Commented => {
  const terms = args.map(lowerTerm);
  const called = isTerm(fn) ? fn : `(${fn})`;
  const shape: Application = { kind: "application", fn: called, args: terms.map((term) => term.shape) };
  return { comments: terms.flatMap((term) => term.comments), shape: args.length > 0 ? shape : lowerCode(fn) };
};

const lowerNode = (node: NixNode): Commented => {
  switch (node[tag]) {
    case "code":
      return { comments: [], shape: lowerCode(node.code) };
    case "path":
      return { comments: [], shape: text(printPath(node.path), { attached: true }) };
    case "apply":
      return lowerApplication(node.fn, node.args);
    case "comment": {
      const { comments, shape } = lower(node.value);
      return { comments: node.text.trim() === "" ? comments : [node.text, ...comments], shape };
    }
  }
};

/** `{ a = { b = 1; }; }` as `a.b = 1;`, with the comments of all levels before it. */
const lowerBinding = ([name, value]: [string, NixValue]): Binding => {
  const { comments, shape } = lower(value);
  const path = printAttrName(name);
  const [only, ...others] = shape.kind === "set" ? shape.bindings : [];
  if (only === undefined || others.length > 0) return { path: [path], comments, shape };
  return { path: [path, ...only.path], comments: [...comments, ...only.comments], shape: only.shape };
};

const lowerPlain = (value: Exclude<NixValue, NixNode>): Shape => {
  if (typeof value === "string") return lowerString(value);
  if (typeof value === "number") return lowerNumber(value);
  if (typeof value === "boolean" || value === null) return text(String(value));
  if (isList(value)) return { kind: "list", items: value.map(lowerTerm) };
  if (isAttributes(value)) return { kind: "set", bindings: present(value).map(lowerBinding) };
  throw new TypeError(`Nix has nothing for a JavaScript ${Object.prototype.toString.call(value)}`);
};

/** Throws Unprintable for what Nix source cannot hold, TypeError for what is no NixValue. */
export const lower = (value: NixValue): Commented =>
  isNode(value) ? lowerNode(value) : { comments: [], shape: lowerPlain(value) };
