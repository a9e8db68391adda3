import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makePlan } from "../generator/decide/make-plan.ts";
import { builtInEvidence } from "../generator/evidence/load.ts";
import type { GeneratedFile } from "../generator/output/generated-file.ts";
import type { Plan } from "../generator/plan/types.ts";
import { ProblemsError } from "../generator/problem.ts";
import { renderPlan } from "../generator/render/render.ts";
import { parseSpec } from "../generator/spec/parse.ts";

/** A folder of checks/fixtures: a spec, and in expected/ what it compiles to. */
export interface Fixture {
  readonly name: string;
  readonly expected: string;
  readonly plan: Plan;
  readonly files: readonly GeneratedFile[];
}

const folder = join(import.meta.dirname, "fixtures");

export const fixtureNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

/** @throws ProblemsError where the fixture's spec is bad. */
export const loadFixture = (name: string): Fixture => {
  const file = join(folder, name, "spec.json");
  const parsed = parseSpec(readFileSync(file, "utf8"), file);
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  const evidence = builtInEvidence();
  const plan = makePlan(parsed.spec, evidence);
  return {
    name,
    expected: join(folder, name, "expected"),
    plan,
    files: renderPlan(plan, "spec.json", evidence),
  };
};
