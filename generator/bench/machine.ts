import { availableParallelism, release } from "node:os";

/** What decides a result beside the disk. */
export interface Machine {
  readonly kernel: string;
  readonly cpus: number;
}

export const thisMachine = (): Machine => ({ kernel: release(), cpus: availableParallelism() });

/** Distinct kernels in the order of the trials: a run that goes on after an update has two. */
export const kernelsOf = (machines: readonly Machine[]): string =>
  [...new Set(machines.map(({ kernel }) => kernel))].join(" and ");
