/** What was seen, or why it was not. */
export type Known<T> = { readonly value: T } | { readonly unknown: string };

export const ifKnown = <T>(known: Known<T>): T | null => ("value" in known ? known.value : null);

/** The reasons of those that are unknown, by their names. */
export const reasonsOf = (all: Readonly<Record<string, Known<unknown>>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, known]) => ("unknown" in known ? [[name, known.unknown]] : [])),
  );
