import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { builtInEvidence } from "../generator/evidence/load.ts";
import { renderFragment } from "../generator/fleet/fragment.ts";
import { parseFleet } from "../generator/fleet/parse-fleet.ts";
import { sharedPlans } from "../generator/fleet/shared-plans.ts";
import type { GeneratedFile } from "../generator/output/generated-file.ts";
import { ProblemsError } from "../generator/problem.ts";
import { parseSpec } from "../generator/spec/parse.ts";

export interface FixtureHost {
  readonly name: string;
  readonly group: string;
  /** The whole spec, as text. */
  readonly spec: string;
  readonly expected: string;
  readonly files: readonly GeneratedFile[];
  /** What of the files lies in `expected`: no report.html, as with most fixtures. */
  readonly golden: readonly GeneratedFile[];
}

/** A folder of checks/fleets: fleet.json with its inventories, and in expected/ what it compiles to. */
export interface FixtureFleet {
  readonly name: string;
  readonly folder: string;
  readonly expected: string;
  readonly fragment: string;
  readonly hosts: readonly FixtureHost[];
}

const root = join(import.meta.dirname, "fleets");

export const fleetNames: readonly string[] = readdirSync(root).sort();

/** @throws ProblemsError where the fleet or one of its hosts is bad. */
export const loadFleet = (name: string): FixtureFleet => {
  const folder = join(root, name);
  const read = (file: string) => ({ file, text: readFileSync(join(folder, file), "utf8") });
  const parsed = parseFleet(read("fleet.json").text, "fleet.json", read);
  const problems = parsed.ok ? parsed.fleet.problems : parsed.problems;
  if (!parsed.ok || problems.length > 0) throw new ProblemsError(problems);
  const expected = join(folder, "expected");
  const plansOf = sharedPlans(builtInEvidence(), "fleet.json");
  const hosts = parsed.fleet.hosts.map((host): FixtureHost => {
    const spec = parseSpec(JSON.stringify(host.spec), host.name);
    if (!spec.ok) throw new ProblemsError(spec.problems);
    const files = plansOf(spec.spec);
    return {
      name: host.name,
      group: host.group,
      spec: JSON.stringify(host.spec),
      expected: join(expected, "hosts", host.name),
      files,
      golden: files.filter(({ path }) => path !== "report.html"),
    };
  });
  return { name, folder, expected, fragment: renderFragment(parsed.fleet, "fleet.json"), hosts };
};
