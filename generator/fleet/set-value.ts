import type { Path } from "../spec/pointer.ts";
import { isObject } from "./merge-patch.ts";

/** The tokens of a JSON pointer (RFC 6901), unescaped; undefined for what is none. */
export const tokensOf = (pointer: string): readonly string[] | undefined =>
  pointer === "" || !pointer.startsWith("/") || /~(?![01])/.test(pointer)
    ? undefined
    : pointer
        .slice(1)
        .split("/")
        .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));

const isIndex = (token: string): boolean => /^(0|[1-9]\d{0,4})$/.test(token);

/** The tokens as a path into `document`: numbers where it has lists. */
export const pathIn = (document: unknown, tokens: readonly string[]): Path => {
  let value = document;
  return tokens.map((token) => {
    const step = Array.isArray(value) && isIndex(token) ? Number(token) : token;
    value =
      Array.isArray(value) || isObject(value) ? (value as Record<string | number, unknown>)[step] : undefined;
    return step;
  });
};

/**
 * `document` with `value` at `path`; objects that are missing on the way are made. A list takes its members and one
 * more. Undefined where there is no such place. Changes neither argument.
 */
export const withValue = (document: unknown, path: Path, value: unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(document)) {
    if (typeof step !== "number" || step > document.length) return undefined;
    const inner = withValue(document[step], rest, value);
    return inner === undefined ? undefined : document.toSpliced(step, 1, inner);
  }
  if (document !== undefined && !isObject(document)) return undefined;
  const own = document !== undefined && Object.hasOwn(document, step) ? document[step] : undefined;
  const inner = withValue(own, rest, value);
  return inner === undefined ? undefined : { ...document, [step]: inner };
};
