/** What compiled templates call for the parts of Handlebars that TypeScript has no word for. */

/** Where a loop stands: `@index`, `@key`, `@first`, `@last`. The key of a list element is its index. */
export interface Position<Key> {
  readonly index: number;
  readonly key: Key;
  readonly first: boolean;
  readonly last: boolean;
}

type Falsy = undefined | null | false | "" | 0;

/** A plain object: neither iterable nor a function, which `#each` would not walk by key. */
type PlainObject = object & { readonly [Symbol.iterator]?: never; readonly call?: never };

/** The condition of `#if`: neither falsy nor an empty list (Handlebars, `helpers/if.js`). */
export const isTruthy = <T>(value: T): value is Exclude<T, Falsy> =>
  Boolean(value) && !(Array.isArray(value) && value.length === 0);

/** The condition of `#with`: as `isTruthy`, but 0 is a value (Handlebars, `helpers/with.js`). */
export const isPresent = <T>(value: T): value is Exclude<T, undefined | null | false | ""> =>
  value === 0 || isTruthy(value);

/** The rounds of `#each`: over a list in its order, over an object in the order of its keys; none for a missing one. */
export function each<T>(list: readonly T[] | null | undefined): readonly (readonly [T, Position<number>])[];
export function each<T extends PlainObject>(
  record: T | null | undefined,
): readonly (readonly [T[keyof T & string], Position<keyof T & string>])[];
export function each(
  collection: object | null | undefined,
): readonly (readonly [unknown, Position<unknown>])[] {
  const entries = Array.isArray(collection) ? [...collection.entries()] : Object.entries(collection ?? {});
  return entries.map(([key, item], index) => [
    item,
    { index, key, first: index === 0, last: index === entries.length - 1 },
  ]);
}

/** The output of a partial that stands alone on an indented line: every line but a final empty one gets the indent. */
export const indent = (text: string, prefix: string): string =>
  text
    .split("\n")
    .map((line, index, lines) => (line === "" && index === lines.length - 1 ? "" : prefix + line))
    .join("\n");
