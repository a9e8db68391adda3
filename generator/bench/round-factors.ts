/** A number that one candidate showed in one round. */
export interface Sample {
  readonly candidate: string;
  readonly round: number;
  readonly value: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return mean([sorted[Math.ceil(half) - 1] ?? 0, sorted[Math.floor(half)] ?? 0]);
};

/** What each round shows above the candidate's own average, in logarithms. */
const deviationsOf = (own: readonly Sample[]): { round: number; deviation: number }[] => {
  const average = mean(own.map(({ value }) => Math.log(value)));
  return own.map(({ round, value }) => ({ round, deviation: Math.log(value) - average }));
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
  const byRound = Map.groupBy(complete.flatMap(deviationsOf), ({ round }) => round);
  const effects = [...byRound].map(
    ([round, own]) => [round, middle(own.map(({ deviation }) => deviation))] as const,
  );
  const average = mean(effects.map(([, effect]) => effect));
  return new Map(effects.map(([round, effect]) => [round, Math.exp(effect - average)]));
};
