import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
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
  /** What of the files lies in `expected`. */
  readonly golden: readonly GeneratedFile[];
}

const folder = join(import.meta.dirname, "fixtures");

export const fixtureNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

/**
 * A report.html shows again what the other files say, and a word changed in its template or in a runbook would change
 * all of them: two fixtures and the host template keep theirs, with one disk and a mirror, all engines; checks/report
 * looks at every one.
 */
const withReport: readonly string[] = ["three-engines", "mirror-integrity", "host-flake"];

const isGolden = (name: string, { path }: GeneratedFile): boolean =>
  withReport.includes(name) || (path !== "report.html" && !path.startsWith("runbooks/"));

const compileFile = (name: string, file: string, expected: string): Fixture => {
  const parsed = parseSpec(readFileSync(file, "utf8"), file);
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  const evidence = builtInEvidence();
  const plan = makePlan(parsed.spec, evidence);
  const files = renderPlan(plan, basename(file), evidence);
  return { name, expected, plan, files, golden: files.filter((one) => isGolden(name, one)) };
};

/** @throws ProblemsError where the fixture's spec is bad. */
export const loadFixture = (name: string): Fixture =>
  compileFile(name, join(folder, name, "spec.json"), join(folder, name, "expected"));

/** The fixtures that one machine can show: a member of a cluster waits for the others. */
export const standingAlone = (): string[] =>
  fixtureNames.filter((name) => loadFixture(name).plan.databases.every(({ cluster }) => cluster === null));

const template = join(import.meta.dirname, "..", "templates", "host-flake");

/** What `nix flake init` gives a new user: as fresh as a fixture. */
export const hostTemplate = (): Fixture =>
  compileFile("host-flake", join(template, "db1.json"), join(template, "generated"));

export const examplesFile = join(import.meta.dirname, "..", "docs", "examples.md");
