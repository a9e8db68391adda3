import type { HostProblem } from "../../fleet/host-problems.ts";
import type { FleetState } from "./fleet-state.ts";
import type { HostResult, HostState } from "./host-task.ts";

type Good = Extract<HostResult, { ok: true }>;

/** What became of a fleet, or would. */
export interface FleetOutcome {
  readonly good: readonly Good[];
  readonly problems: readonly HostProblem[];
  /** Whether all problems are refusals; mistakes weigh more. */
  readonly onlyRefused: boolean;
  /** Hosts that left the fleet and whose folders are there, or were. */
  readonly left: readonly string[];
  /** Of those, the ones with files of the owner's, which stayed. */
  readonly kept: readonly string[];
  readonly fragment: "unchanged" | "stale" | "written" | "held back";
}

export const hostsThat = ({ good }: FleetOutcome, state: HostState): string[] =>
  good.filter((host) => host.state === state).map(({ name }) => name);

/** Whether DIR is not what the fleet says. */
export const isStaleFleet = (outcome: FleetOutcome): boolean =>
  outcome.good.some(({ state }) => state !== "unchanged") ||
  outcome.left.length > 0 ||
  outcome.fragment === "stale";

/** What is known after a run: of hosts that it did not come to, what was known before. */
export const newState = (names: readonly string[], before: FleetState, good: readonly Good[]): FleetState => {
  const now = new Map(good.map(({ name, record }) => [name, record]));
  return new Map(
    names.flatMap((name) => {
      const record = now.get(name) ?? before.get(name);
      return record === undefined ? [] : [[name, record] as const];
    }),
  );
};
