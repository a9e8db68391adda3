import { mean, sum } from "./averages.ts";

/** Quantiles of Student's t for 95 % on both sides, by degrees of freedom from 1; 2.2 is a little more than larger ones need. */
const quantiles = [12.7, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23];
const quantileOfMore = 2.2;

/**
 * A row is the median over rounds, which scatters more than their mean: how many times its variance, by rounds from 1, of
 * normal values (simulated in the tests). Of more it nears π / 2.
 */
const varianceOfMedian = [1, 1, 1.35, 1.19, 1.43, 1.29];
const varianceOfMedianOfMore = Math.PI / 2;

/** What is left of each logarithm once that of its candidate and that of its round are taken away. */
const residualsOf = (logs: readonly (readonly number[])[], rounds: number): number[] => {
  const ofRound = Array.from({ length: rounds }, (_, at) => mean(logs.map((row) => row[at] ?? 0)));
  const all = mean(ofRound);
  return logs.flatMap((row) => row.map((value, at) => value - mean(row) - ((ofRound[at] ?? 0) - all)));
};

/** How the logarithms of rates scatter once what candidates and rounds do is taken away. */
export interface Spread {
  readonly variance: number;
  /** Degrees of freedom that the variance is known by. */
  readonly free: number;
  readonly rounds: number;
}

/** @param rates a row for each candidate, with its rate in each round @returns null for one round, or of one candidate */
export const spreadOf = (rates: readonly (readonly number[])[]): Spread | null => {
  const rounds = rates[0]?.length ?? 0;
  if (rates.length < 2 || rounds < 2) return null;
  const free = (rates.length - 1) * (rounds - 1);
  const residuals = residualsOf(
    rates.map((row) => row.map(Math.log)),
    rounds,
  );
  return { variance: sum(residuals.map((value) => value ** 2)) / free, free, rounds };
};

/** The other batches of a run have the say of so many degrees of freedom: as much as a batch of eleven candidates and two rounds. */
const sayOfOthers = 10;

const middleOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * A batch of two rounds knows its variance by ten differences or so, which is little: it may look half as noisy as it is.
 * What the other batches of the run show is reason to expect the like of it (a moderated variance: Smyth 2004,
 * https://doi.org/10.2202/1544-6115.1027).
 */
const moderated = (own: Spread, others: readonly Spread[]): Spread => {
  if (others.length === 0) return own;
  const expected = middleOf(others.map(({ variance }) => variance));
  const free = own.free + sayOfOthers;
  return { ...own, free, variance: (own.free * own.variance + sayOfOthers * expected) / free };
};

/**
 * How many percent the rates of two equal candidates lie apart by chance: at most so many in 95 of 100 comparisons.
 *
 * What a round does to all of them is no noise, because candidates are compared within rounds (a randomised block
 * design; of logarithms, because what is compared is ratios). More rounds make it smaller. 0 where nothing tells.
 * @param others spreads of the run's other batches
 */
export const noisePercentOf = (own: Spread | null, others: readonly Spread[] = []): number => {
  if (own === null) return 0;
  const { variance, free, rounds } = moderated(own, others);
  const quantile = quantiles[free - 1] ?? quantileOfMore;
  const ofRow = ((varianceOfMedian[rounds - 1] ?? varianceOfMedianOfMore) * variance) / rounds;
  return Math.ceil((Math.exp(quantile * Math.sqrt(2 * ofRow)) - 1) * 100);
};
