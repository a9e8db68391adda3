import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Evidence } from "../evidence/schema.ts";
import { parseJson } from "../json-text.ts";
import { isPlan, parsePlan } from "../plan/parse-plan.ts";
import type { Plan } from "../plan/types.ts";
import { ProblemsError } from "../problem.ts";
import { evidenceIn, planIn } from "./compile.ts";
import { type Input, readInput } from "./read-input.ts";
import type { Streams } from "./streams.ts";

export interface PlanAndEvidence {
  readonly plan: Plan;
  readonly evidence: Evidence;
}

const isDirectory = (path: string): boolean =>
  !path.includes("\0") && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** A directory stands for the plan.json in it. Throws a ProblemsError where there is none. */
const fileOf = (path: string): string => {
  if (path === "-" || !isDirectory(path)) return path;
  const file = join(path, "plan.json");
  if (existsSync(file)) return file;
  throw new ProblemsError([
    {
      file: path,
      pointer: "",
      found: "a directory without plan.json",
      allowed: "a spec, or a directory that dbtrfs plan SPEC --out DIR wrote",
      fix: "name the spec, or the directory of its files",
    },
  ]);
};

const isPlanText = ({ text }: Input): boolean => {
  const json = parseJson(text);
  return "document" in json && isPlan(json.document);
};

const parsed = ({ text, file }: Input): Plan => {
  const result = parsePlan(text, file);
  if (!result.ok) throw new ProblemsError(result.problems);
  return result.plan;
};

/**
 * The plan that a directory or file holds, or the one that a spec compiles to, with the evidence to explain it by.
 * Throws a ProblemsError, and a Refusal for a spec that breaks an invariant.
 */
export async function readPlan(
  subject: string,
  evidenceFile: string | undefined,
  streams: Streams,
): Promise<PlanAndEvidence> {
  const input = await readInput(fileOf(subject), streams);
  const evidence = evidenceFile === undefined ? undefined : await readInput(evidenceFile, streams);
  if (isPlanText(input)) return { plan: parsed(input), evidence: evidenceIn(evidence) };
  return planIn(input, evidence);
}
