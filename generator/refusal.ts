import { exitStatus } from "./exit-status.ts";
import { type Problem, ProblemsError } from "./problem.ts";

/** dbtrfs understood the request and declines it: an invariant would break, or a file that is not ours would go. */
export class Refusal extends ProblemsError {
  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems, exitStatus.refusal, options);
  }
}
