import { exitStatus } from "../../exit-status.ts";
import { clusterDisagreements } from "../../fleet/cluster-disagreements.ts";
import type { FleetHost } from "../../fleet/group-hosts.ts";
import { type HostProblem, inFleet, joined } from "../../fleet/host-problems.ts";
import type { Streams } from "../streams.ts";
import type { FleetOutcome } from "./fleet-outcome.ts";
import { readState } from "./fleet-state.ts";
import type { HostResult, RunFacts } from "./host-task.ts";
import { progressOf } from "./progress.ts";
import type { FleetInput } from "./read-fleet.ts";
import { inThreads } from "./worker-pool.ts";

/** A host's problem at its place: in the fleet's files where it is about the spec, else where it says itself. */
const problemsOf = (host: FleetHost | undefined, result: Extract<HostResult, { ok: false }>): HostProblem[] =>
  result.problems.map((problem) =>
    problem.file === "" && host ? inFleet(host, problem) : { ...problem, hosts: [result.name] },
  );

/** What became of the hosts. */
export type Planned = Pick<FleetOutcome, "good" | "problems" | "onlyRefused">;

/** Every host of the fleet, in threads, and all that is wrong with any of them. */
export const planHosts = async (
  { fleet }: FleetInput,
  facts: RunFacts,
  streams: Streams,
  stop: AbortSignal,
): Promise<Planned> => {
  const known = readState(facts.out);
  const disagreements = clusterDisagreements(fleet.hosts);
  const disagreeing = new Set(disagreements.flatMap(({ hosts }) => hosts));
  const sound = fleet.hosts.filter(({ name, problems }) => problems.length === 0 && !disagreeing.has(name));
  const unsound = fleet.hosts.flatMap(({ name, problems }) =>
    problems.map((problem) => ({ ...problem, hosts: [name] })),
  );
  const tasks = sound.map(({ name, spec }) => ({ name, spec, record: known.get(name) ?? null }));
  const results: HostResult[] = [];
  const progress = progressOf(tasks.length, streams.log);
  await inThreads(facts, tasks, stop, (more) => {
    results.push(...more);
    progress(more.length);
  });
  const byName = new Map(sound.map((host) => [host.name, host]));
  const bad = results.flatMap((result) => (result.ok ? [] : [result]));
  const problems = [
    ...fleet.problems.map((problem) => ({ ...problem, hosts: [] })),
    ...unsound,
    ...disagreements,
    ...bad.flatMap((result) => problemsOf(byName.get(result.name), result)),
  ];
  return {
    good: results.flatMap((result) => (result.ok ? [result] : [])),
    problems: joined(problems),
    onlyRefused:
      fleet.problems.length + unsound.length + disagreements.length === 0 &&
      bad.every(({ exitCode }) => exitCode === exitStatus.refusal),
  };
};
