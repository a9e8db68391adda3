import { didYouMean } from "../spec/did-you-mean.ts";

/** The candidate that `word` was probably meant to be: the one that it begins or goes on from, or one near. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const isBegun = (candidate: string) => candidate.startsWith(word) || word.startsWith(candidate);
  const begun = word === "" ? [] : candidates.filter(isBegun);
  return begun.length === 1 ? begun[0] : (didYouMean(word, candidates) ?? undefined);
}
