import { makePlan } from "../decide/make-plan.ts";
import { builtInEvidence, parseEvidence } from "../evidence/load.ts";
import type { GeneratedFile } from "../output/generated-file.ts";
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
  const { spec, evidence } = parseInputs(specInput, evidenceInput);
  const plan = namingFile(specInput.file, () => makePlan(spec, evidence));
  return {
    summary: () => renderSummary(plan),
    files: () => renderPlan(plan, nameOf(specInput), evidence),
  };
}

/** The mistakes of both files at once. */
function parseInputs(specInput: Input, evidenceInput: Input | undefined) {
  const spec = parseSpec(specInput.text, specInput.file, profileReader(specInput));
  const evidence = evidenceInput
    ? parseEvidence(evidenceInput.text, evidenceInput.file)
    : { ok: true as const, evidence: builtInEvidence() };
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
