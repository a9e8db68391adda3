import { endOfString } from "./json-scan.ts";
import type { Path } from "./spec/pointer.ts";

/** Changes values in JSON text that JSON.parse accepts, and leaves the form of everything else as its writer had it. */

interface Child {
  readonly key: string | number;
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

const afterSpace = (text: string, from: number): number => {
  let at = from;
  while (" \t\n\r".includes(text[at] ?? "x")) at++;
  return at;
};

const endOfValue = (text: string, start: number): number => {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first === "{" || first === "[")
    return afterSpace(text, childrenOf(text, start).at(-1)?.end ?? start + 1) + 1;
  return start + (/^[^\s,\]}]*/.exec(text.slice(start))?.[0].length ?? 0);
};

const keyAt = (text: string, start: number): { readonly key: string; readonly value: number } => {
  const end = endOfString(text, start);
  return {
    key: JSON.parse(text.slice(start, end)) as string,
    value: afterSpace(text, afterSpace(text, end) + 1),
  };
};

/** What an object or array that starts there holds. */
const childrenOf = (text: string, start: number): readonly Child[] => {
  const children: Child[] = [];
  let at = afterSpace(text, start + 1);
  while (text[at] !== "}" && text[at] !== "]") {
    const { key, value } = text[start] === "{" ? keyAt(text, at) : { key: children.length, value: at };
    const end = endOfValue(text, value);
    children.push({ key, start: value, end });
    at = afterSpace(text, end);
    if (text[at] === ",") at = afterSpace(text, at + 1);
  }
  return children;
};

const startOf = (text: string, path: Path): number =>
  path.reduce<number>(
    (start, key) => {
      const child = childrenOf(text, start).find((each) => each.key === key);
      if (child === undefined) throw new Error(`no ${key} to edit in this JSON`);
      return child.start;
    },
    afterSpace(text, 0),
  );

/** White space at the start of the line on which a position lies. */
const indentAt = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", at - 1) + 1))?.[0] ?? "";

const written = (value: unknown, indent: string): string =>
  JSON.stringify(value, null, 2).replaceAll("\n", `\n${indent}`);

const appended = (text: string, start: number, key: string | number, value: unknown): string => {
  const last = childrenOf(text, start).at(-1);
  const at = last?.end ?? start + 1;
  const indent = indentAt(text, last?.start ?? start);
  const isBelow = text.slice(start, last?.start ?? start).includes("\n");
  const name = typeof key === "string" ? `${JSON.stringify(key)}: ` : "";
  const separator = last === undefined ? "" : isBelow ? `,\n${indent}` : ", ";
  return `${text.slice(0, at)}${separator}${name}${written(value, indent)}${text.slice(at)}`;
};

/**
 * The text with this value at `path`: in the place of the one that is there, or behind the last of its siblings. Throws
 * where the parent is not there.
 */
export const withValue = (text: string, path: Path, value: unknown): string => {
  const key = path.at(-1) ?? "";
  const parent = startOf(text, path.slice(0, -1));
  const child = childrenOf(text, parent).find((each) => each.key === key);
  if (child === undefined) return appended(text, parent, key, value);
  const indent = indentAt(text, child.start);
  return `${text.slice(0, child.start)}${written(value, indent)}${text.slice(child.end)}`;
};
