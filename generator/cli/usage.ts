import { type Problem, ProblemsError } from "../problem.ts";

/** A mistake in how dbtrfs was called. */
export const usageProblem = (found: string, allowed: string, fix: string): Problem => ({
  file: "command line",
  pointer: "",
  found,
  allowed,
  fix,
});

export const usageError = (found: string, allowed: string, fix: string): ProblemsError =>
  new ProblemsError([usageProblem(found, allowed, fix)]);
