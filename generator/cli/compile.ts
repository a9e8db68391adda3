import { makePlan } from "../decide/make-plan.ts";
import { builtInEvidence, type LoadedEvidence, parseEvidence } from "../evidence/load.ts";
import type { Evidence } from "../evidence/schema.ts";
import type { GeneratedFile } from "../output/generated-file.ts";
import type { Plan } from "../plan/types.ts";
import { ProblemsError } from "../problem.ts";
import { Refusal } from "../refusal.ts";
import { renderPlan } from "../render/render.ts";
import { renderSummary } from "../render/summary.ts";
import { parseSpec } from "../spec/parse.ts";
import { profileReader } from "./profile-reader.ts";
import { type Input, nameOf } from "./read-input.ts";

export interface Compiled {
  summary(): string;
  files(): GeneratedFile[];
}

/** From text to plan. Throws a ProblemsError for a bad spec or bad evidence, a Refusal for a broken invariant. */
export function compile(specInput: Input, evidenceInput: Input | undefined): Compiled {
  const { plan, evidence } = planIn(specInput, evidenceInput);
  return {
    summary: () => renderSummary(plan),
    files: () => renderPlan(plan, nameOf(specInput), evidence),
  };
}

/** The plan of a spec, and the evidence that it was made with. Throws as `compile` does. */
export function planIn(
  specInput: Input,
  evidenceInput: Input | undefined,
): { plan: Plan; evidence: Evidence } {
  const { spec, evidence } = parseInputs(specInput, evidenceInput);
  return { plan: namingFile(specInput.file, () => makePlan(spec, evidence)), evidence };
}

/** The evidence of a file, or what is built in. Throws a ProblemsError. */
export function evidenceIn(input: Input | undefined): Evidence {
  const loaded = loadEvidence(input);
  if (!loaded.ok) throw new ProblemsError(loaded.problems);
  return loaded.evidence;
}

const loadEvidence = (input: Input | undefined): LoadedEvidence =>
  input === undefined ? { ok: true, evidence: builtInEvidence() } : parseEvidence(input.text, input.file);

/** The mistakes of both files at once. */
function parseInputs(specInput: Input, evidenceInput: Input | undefined) {
  const spec = parseSpec(specInput.text, specInput.file, profileReader(specInput));
  const evidence = loadEvidence(evidenceInput);
  if (spec.ok && evidence.ok) return { spec: spec.spec, evidence: evidence.evidence };
  throw new ProblemsError([spec, evidence].flatMap((result) => (result.ok ? [] : result.problems)));
}

/** The core knows no file names; its problems without one are about the spec. */
function namingFile<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, file: problem.file || file }));
    throw new Refusal(problems, { cause: error });
  }
}
