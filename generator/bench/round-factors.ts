import { geometricMean, median } from "./averages.ts";

/** A number that one candidate showed in one round. */
export interface Sample {
  readonly candidate: string;
  readonly round: number;
  readonly value: number;
}

/** How many times its candidate's average each number is. */
const ratiosOf = (own: readonly Sample[]): { round: number; ratio: number }[] => {
  const average = geometricMean(own.map(({ value }) => value));
  return own.map(({ round, value }) => ({ round, ratio: value / average }));
};

/**
 * By which factor each round lies above the average round: the middle of what it did to the candidates that every round
 * has (a randomised block design, as in noise.ts).
 *
 * Without it the middle of three rounds may be one candidate's from an hour when the machine was fast, and another's from
 * a slow one, and their ratio be that of the hours. Two rounds have the same ratios with it and without.
 * @param samples of one metric, each above 0
 * @returns by round; none where fewer than two candidates tell
 */
export const roundFactors = (samples: readonly Sample[]): ReadonlyMap<number, number> => {
  const rounds = new Set(samples.map(({ round }) => round));
  const complete = [...Map.groupBy(samples, ({ candidate }) => candidate).values()].filter(
    (own) => own.length === rounds.size,
  );
  if (complete.length < 2) return new Map();
  const byRound = Map.groupBy(complete.flatMap(ratiosOf), ({ round }) => round);
  const effects = [...byRound].map(([round, own]) => [round, median(own.map(({ ratio }) => ratio))] as const);
  const average = geometricMean(effects.map(([, effect]) => effect));
  return new Map(effects.map(([round, effect]) => [round, effect / average]));
};
