import { closest, distance } from "fastest-levenshtein";

/** The known word that was probably meant, or null where none is near. */
export const didYouMean = (word: string, known: readonly string[]): string | null => {
  if (known.length === 0) return null;
  const nearest = closest(word.toLowerCase(), known as string[]);
  const near = Math.max(2, Math.floor(nearest.length / 3));
  return distance(word.toLowerCase(), nearest.toLowerCase()) <= near ? nearest : null;
};
