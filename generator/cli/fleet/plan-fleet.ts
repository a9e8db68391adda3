import { generatorName } from "../../about.ts";
import { exitStatus } from "../../exit-status.ts";
import { renderFragment } from "../../fleet/fragment.ts";
import { asProblem } from "../../fleet/host-problems.ts";
import { findDirectory, makeDirectory } from "../../output/directory.ts";
import { refusingFileErrors } from "../../output/file-errors.ts";
import { sha256 } from "../../output/journal.ts";
import { lock, refuseIfLocked } from "../../output/lock.ts";
import { createSteps } from "../../output/steps.ts";
import { ProblemsError } from "../../problem.ts";
import { evidenceIn } from "../compile.ts";
import type { FleetRequest } from "../fleet-options.ts";
import { readInput } from "../read-input.ts";
import type { Streams } from "../streams.ts";
import { type FleetOutcome, isStaleFleet, newState } from "./fleet-outcome.ts";
import { checkText, diffText, outcomeJson, writeText } from "./fleet-report.ts";
import { readState, writeState } from "./fleet-state.ts";
import { fragmentIsStale, writeFragment } from "./fragment-file.ts";
import type { RunFacts } from "./host-task.ts";
import { leftoverHosts, removeDrafts, removeHost } from "./leftovers.ts";
import { type Planned, planHosts } from "./plan-hosts.ts";
import { type FleetInput, readFleet } from "./read-fleet.ts";
import { stopped, withSignals } from "./signals.ts";

const factsOf = async (request: FleetRequest, input: FleetInput, streams: Streams): Promise<RunFacts> => {
  const evidence = request.evidence === undefined ? undefined : await readInput(request.evidence, streams);
  return {
    mode: request.mode,
    fleetFile: input.file,
    specName: input.specName,
    evidence: evidence === undefined ? null : { text: evidence.text, file: evidence.file },
    evidenceHash: sha256(JSON.stringify([generatorName, evidenceIn(evidence)])),
    out: request.out,
  };
};

const report = async (
  outcome: FleetOutcome,
  { out, json, mode }: FleetRequest,
  streams: Streams,
): Promise<number> => {
  const { product, log } = streams;
  if (mode.kind === "write") await log.write(writeText(outcome, out, log.style));
  if (outcome.problems.length > 0)
    throw new ProblemsError(
      outcome.problems.map(asProblem),
      outcome.onlyRefused ? exitStatus.refusal : exitStatus.mistake,
    );
  if (json) await product.write(outcomeJson(outcome));
  else if (mode.kind === "check") await product.write(checkText(outcome, out, product.style));
  else if (mode.kind === "diff") await product.write(diffText(outcome, out, product.style));
  return mode.kind !== "write" && isStaleFleet(outcome) ? exitStatus.finding : exitStatus.success;
};

/** The fragment and what left the fleet: while a host is missing, both stay, or a deployment tool would take it for retired. */
const settle = (input: FleetInput, facts: RunFacts, planned: Planned): FleetOutcome => {
  const { out, mode, specName } = facts;
  const names = new Set(input.fleet.hosts.map(({ name }) => name));
  const text = renderFragment(input.fleet, specName);
  const stale = fragmentIsStale(out, text);
  const left = leftoverHosts(out, names, specName);
  if (mode.kind !== "write") return { ...planned, left, kept: [], fragment: stale ? "stale" : "unchanged" };
  if (planned.problems.length > 0) return { ...planned, left, kept: [], fragment: "held back" };
  if (stale) writeFragment(out, text);
  const kept = left.filter((name) => !removeHost(out, name));
  return { ...planned, left, kept, fragment: stale ? "written" : "unchanged" };
};

const writeWithLock = async <T>(out: string, act: () => Promise<T>): Promise<T> => {
  const steps = createSteps();
  const release = refusingFileErrors(
    out,
    () => "nothing was written",
    () => {
      makeDirectory(findDirectory(out).path, steps);
      return lock(findDirectory(out), steps);
    },
  );
  try {
    removeDrafts(out);
    return await act();
  } finally {
    release();
  }
};

const remember = (input: FleetInput, { out, specName }: RunFacts, { good }: Planned): void => {
  const names = input.fleet.hosts.map(({ name }) => name);
  writeState(out, newState(names, readState(out), good), specName);
};

const run = async (
  request: FleetRequest,
  input: FleetInput,
  facts: RunFacts,
  streams: Streams,
): Promise<FleetOutcome> =>
  withSignals(async (stop) => {
    const planned = await planHosts(input, facts, streams, stop);
    if (request.mode.kind === "write") remember(input, facts, planned);
    if (stop.aborted) throw stopped(request.fleet);
    return settle(input, facts, planned);
  });

/** Writes or compares a whole fleet; returns the exit status. Throws a ProblemsError that names every host with a problem. */
export const planFleet = async (request: FleetRequest, streams: Streams): Promise<number> => {
  const input = await readFleet(request.fleet, streams);
  const facts = await factsOf(request, input, streams);
  const act = () => run(request, input, facts, streams);
  if (request.mode.kind === "write") return report(await writeWithLock(request.out, act), request, streams);
  const directory = findDirectory(request.out);
  if (directory.exists) refuseIfLocked(directory);
  return report(await act(), request, streams);
};
