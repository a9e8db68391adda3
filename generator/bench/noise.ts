/** Quantiles of Student's t for 95 % on both sides, by degrees of freedom from 1; 2.2 is a little more than larger ones need. */
const quantiles = [12.7, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23];
const quantileOfMore = 2.2;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

/** What is left of each logarithm once that of its candidate and that of its round are taken away. */
const residualsOf = (logs: readonly (readonly number[])[], rounds: number): number[] => {
  const ofRound = Array.from({ length: rounds }, (_, at) => mean(logs.map((row) => row[at] ?? 0)));
  const all = mean(ofRound);
  return logs.flatMap((row) => row.map((value, at) => value - mean(row) - ((ofRound[at] ?? 0) - all)));
};

/**
 * How many percent the rates of two equal candidates lie apart by chance: at most so many in 95 of 100 comparisons.
 *
 * `rates` has a row for each candidate, with its rate in each round. What a round does to all of them is no noise,
 * because candidates are compared within rounds (a randomised block design; of logarithms, because what is compared
 * is ratios). More rounds make it smaller. 0 where nothing tells: after one round, or of one candidate.
 */
export const noisePercentOf = (rates: readonly (readonly number[])[]): number => {
  const rounds = rates[0]?.length ?? 0;
  if (rates.length < 2 || rounds < 2) return 0;
  const free = (rates.length - 1) * (rounds - 1);
  const residuals = residualsOf(
    rates.map((row) => row.map(Math.log)),
    rounds,
  );
  const variance = sum(residuals.map((value) => value ** 2)) / free;
  const quantile = quantiles[free - 1] ?? quantileOfMore;
  return Math.ceil((Math.exp(quantile * Math.sqrt((2 * variance) / rounds)) - 1) * 100);
};
