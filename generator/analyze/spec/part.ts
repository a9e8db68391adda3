import { type Path, pointerTo } from "../../spec/pointer.ts";

/** A field of a written spec that nothing measured. */
export interface Assumption {
  /** JSON pointer into the spec. */
  readonly pointer: string;
  /** What was written there; null where the field was left out, so that the planner's default counts. */
  readonly value: unknown;
  /** Why it is assumed, and what an owner should look at. */
  readonly why: string;
}

/** A piece of a spec, with what of it is assumed. */
export interface Part<T> {
  readonly value: T;
  readonly assumed: readonly Assumption[];
}

export const seen = <T>(value: T): Part<T> => ({ value, assumed: [] });

export const assume = <T>(path: Path, value: T, why: string): Part<T> => ({
  value,
  assumed: [{ pointer: pointerTo(path), value: value ?? null, why }],
});

/** An object of parts; a value that is undefined is left out. */
export const object = <T extends Record<string, unknown>>(
  parts: {
    readonly [K in keyof T]: Part<T[K]>;
  },
): Part<T> => {
  const entries = Object.entries<Part<unknown>>(parts);
  const given = entries.filter(([, { value }]) => value !== undefined);
  return {
    value: Object.fromEntries(given.map(([name, { value }]) => [name, value])) as T,
    assumed: entries.flatMap(([, { assumed }]) => assumed),
  };
};

export const list = <T>(parts: readonly Part<T>[]): Part<T[]> => ({
  value: parts.map(({ value }) => value),
  assumed: parts.flatMap(({ assumed }) => assumed),
});
