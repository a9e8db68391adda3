import { appendFileSync } from "node:fs";
import process from "node:process";
import { ExecaError } from "execa";
import { ProblemsError } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import { undisturbed } from "./disturbance.ts";
import { type Kept, readKept } from "./kept.ts";
import { thisMachine } from "./machine.ts";
import type { Batch } from "./matrix.ts";
import { type Medium, mediumOf } from "./medium.ts";
import { openScratch } from "./scratch.ts";
import { ServerEnded } from "./servers/server-process.ts";
import { isDone, isOf, runStep, type Step, stepsOf } from "./session.ts";
import type { Timing } from "./trial.ts";

export interface BenchRequest {
  readonly target: string;
  readonly destroy: string | undefined;
  readonly batches: readonly Batch[];
  readonly rounds: number;
  readonly timing: Timing;
  /** Trials are appended here, and those that it has are not run again. */
  readonly trials: string;
  readonly dataGiB: number;
  readonly logGiB: number;
}

/** Minutes and hours of what is left, from how long the steps so far took. */
export const timeLeft = (stepsLeft: number, secondsEach: number): string => {
  const minutes = Math.round((stepsLeft * secondsEach) / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

const inWords = ({ batch, candidate, round }: Step): string => `${batch.id} ${candidate.id}, round ${round}`;

const rateOf = ({ trial }: Kept): string =>
  `${Math.round(trial.observed.transactions / trial.observed.seconds)} transactions/s`;

/** As a shell has it: 128 and the number of SIGINT. */
const interrupted = 130;

const stopped = (trials: string, signal: string): ProblemsError =>
  new ProblemsError(
    [
      {
        file: trials,
        pointer: "",
        found: `stopped by ${signal}`,
        allowed: "",
        fix: "run the same command again to go on behind the last trial",
      },
    ],
    interrupted,
  );

/** A server or a tool that failed says why; anything else is a fault of ours. */
const inContext = (step: Step, error: unknown): unknown =>
  error instanceof ExecaError || error instanceof ServerEnded
    ? new Refusal(
        [
          {
            file: inWords(step),
            pointer: "",
            found: error.message,
            allowed: "",
            fix: "see what it said; the same command again goes on behind the last trial",
          },
        ],
        { cause: error },
      )
    : error;

type Log = (line: string) => Promise<void>;

const shareOf = ({ trial }: Kept): number => trial.othersShare;

const disturbed = (step: Step, result: Kept): string =>
  `${inWords(step)}: ${rateOf(result)}, but other programs had ${Math.round(100 * shareOf(result))} % of a processor\n`;

const placeOf = ({ medium, machine: { cpus } }: Pick<Kept, "medium" | "machine">): string =>
  `${medium.about}, with ${cpus} processor${cpus === 1 ? "" : "s"}`;

/** Candidates are compared on one disk and one machine: what was measured elsewhere is another run's. */
const refuseOtherPlace = (request: BenchRequest, kept: readonly Kept[], medium: Medium): void => {
  const here = placeOf({ medium, machine: thisMachine() });
  const other = kept.find(
    (k) => placeOf(k) !== here && request.batches.some((batch) => isOf(k, batch, request.timing)),
  );
  if (other === undefined) return;
  throw new Refusal([
    {
      file: request.trials,
      pointer: "",
      found: `trials of ${other.batch} on ${placeOf(other)}`,
      allowed: `trials on ${here}, as here`,
      fix: "name another file with --trials, or measure where these were measured",
    },
  ]);
};

/**
 * Runs what is left of the matrix. A signal ends the step that runs, and nothing of it stays.
 * @returns what is kept, earlier runs included
 * @throws Refusal for a target that may not be used; Error where a server or a tool fails, or a signal came
 */
export const runBench = async (request: BenchRequest, log: Log): Promise<Kept[]> => {
  const kept = readKept(request.trials);
  refuseOtherPlace(request, kept, await mediumOf(request.target));
  const steps = stepsOf(request.batches, request.rounds).filter(
    (step) => !isDone(step, kept, request.timing),
  );
  if (steps.length === 0) return kept;
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => stop.abort(stopped(request.trials, signal));
  const scratch = await openScratch(request.target, request.destroy, request);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, onSignal);
  const began = performance.now();
  try {
    for (const [index, step] of steps.entries()) {
      stop.signal.throwIfAborted();
      const result = await undisturbed(
        () => runStep(step, scratch, request.timing, stop.signal),
        shareOf,
        (one) => log(disturbed(step, one)),
      ).catch((error) => {
        throw inContext(step, error);
      });
      appendFileSync(request.trials, `${JSON.stringify(result)}\n`);
      kept.push(result);
      const each = (performance.now() - began) / 1000 / (index + 1);
      const left = steps.length - index - 1;
      await log(`${inWords(step)}: ${rateOf(result)}; ${left} to go, ${timeLeft(left, each)}\n`);
    }
  } finally {
    await scratch.close();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, onSignal);
  }
  return kept;
};
