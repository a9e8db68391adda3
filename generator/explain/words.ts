/** The words of a text by which something may be looked for: in lower case, of two letters or more. */
export const wordsOf = (...texts: readonly string[]): string[] => [
  ...new Set(
    texts
      .flatMap((text) => text.toLowerCase().match(/[\p{L}\p{N}_+][\p{L}\p{N}_+-]*/gu) ?? [])
      .filter((word) => word.length > 1),
  ),
];
