import { distance } from "fastest-levenshtein";

/** The known word that was probably meant, whatever the case: one that `word` begins or goes on from, or one near. */
export const didYouMean = (word: string, known: readonly string[]): string | undefined => {
  const written = word.toLowerCase();
  const begun = known.filter((each) => isBegun(written, each.toLowerCase()));
  if (begun.length === 1) return begun[0];
  const steps = (each: string) => distance(written, each.toLowerCase());
  const [nearest] = known.toSorted((a, b) => steps(a) - steps(b));
  return nearest !== undefined && steps(nearest) <= Math.max(2, nearest.length / 3) ? nearest : undefined;
};

const isBegun = (written: string, each: string): boolean =>
  written !== "" && (each.startsWith(written) || written.startsWith(each));
