import { setTimeout } from "node:timers/promises";
import type { Answers, Client, Failure, Query } from "./client.ts";
import type { Dialect, OptionalQuery } from "./dialect.ts";
import { ownQuery } from "./queries.ts";
import { kindOf, lacksRights, unreachable } from "./refusals.ts";

/** A server that restarts is waited for so long. */
const patienceMs = 60_000;
const pauseMs = 500;

const isAway = (failure: Failure): boolean => ["down", "tooMany"].includes(kindOf(failure));

/** Asks, and asks again while the server is away. Throws nothing: the last outcome tells. */
const patiently = async (
  client: Client,
  queries: readonly Query[],
  limits: readonly string[],
  patience: number,
) => {
  const until = performance.now() + patience;
  for (;;) {
    const outcome = await client(queries, limits);
    if (outcome.ok || !isAway(outcome.failure) || performance.now() > until) return outcome;
    await setTimeout(pauseMs);
  }
};

/** A role that may not, a table that is not there, an answer that took too long: for an optional query all the same. */
const whyWithout = (failure: Failure): string =>
  kindOf(failure) === "slow" ? "it took the server longer than five seconds" : failure.message;

/** A way to take samples that goes on without what the server does not give. */
export interface Asking {
  /** Throws a Refusal where the server stays away, or does not give what is needed. */
  sample(): Promise<Answers>;
  /** What is gone without, and why. */
  readonly without: ReadonlyMap<OptionalQuery, string>;
}

/** @param account as the server names it, for the remedy */
export const askingFor = (dialect: Dialect, client: Client, account: string): Asking => {
  const without = new Map<OptionalQuery, string>();
  let first = true;
  const refuse = (failure: Failure): never => {
    throw kindOf(failure) === "privilege"
      ? lacksRights(dialect, failure, account)
      : unreachable(dialect, failure);
  };
  const sample = async (): Promise<Answers> => {
    const optional = dialect.optional.filter((query) => !without.has(query));
    const needed = dialect.required.filter((query) => query !== ownQuery);
    const outcome = await patiently(
      client,
      [...needed, ...optional, ownQuery],
      dialect.limits,
      first ? 0 : patienceMs,
    );
    if (outcome.ok) {
      first = false;
      return outcome.answers;
    }
    const culprit = optional.find(({ id }) => id === outcome.failure.query);
    if (culprit === undefined) return refuse(outcome.failure);
    without.set(culprit, whyWithout(outcome.failure));
    return sample();
  };
  return { sample, without };
};
