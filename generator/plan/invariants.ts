import type { Problem } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import { clusterInvariants } from "./invariants-cluster.ts";
import { directoryInvariants } from "./invariants-directory.ts";
import { filesystemInvariants } from "./invariants-filesystem.ts";
import { settingInvariants } from "./invariants-setting.ts";
import type { Plan } from "./types.ts";

/** A place in a plan that breaks an invariant. */
export interface Violation {
  readonly pointer: string;
  readonly found: string;
}

/** A rule that every plan keeps, numbered as in docs/architecture.md. */
export interface Invariant {
  readonly number: number;
  readonly rule: string;
  readonly fix: string;
  readonly violations: (plan: Plan) => Violation[];
}

const invariants: readonly Invariant[] = [
  ...filesystemInvariants,
  ...directoryInvariants,
  ...settingInvariants,
  ...clusterInvariants,
];

/** Every violation in a plan, as problems whose pointers point into the plan. */
export const invariantProblems = (plan: Plan): Problem[] =>
  invariants.flatMap((invariant) =>
    invariant.violations(plan).map(({ pointer, found }) => ({
      file: "plan.json",
      pointer,
      found,
      allowed: `${invariant.rule} (invariant ${invariant.number})`,
      fix: invariant.fix,
    })),
  );

/** @throws Refusal where a plan breaks an invariant: by an override, or by a mistake of the planner. */
export const checkInvariants = (plan: Plan): void => {
  const problems = invariantProblems(plan);
  if (problems.length > 0) throw new Refusal(problems);
};
