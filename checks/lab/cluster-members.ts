import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makePlan } from "../../generator/decide/make-plan.ts";
import { builtInEvidence } from "../../generator/evidence/load.ts";
import { ProblemsError } from "../../generator/problem.ts";
import { renderPlan } from "../../generator/render/render.ts";
import { parseSpec } from "../../generator/spec/parse.ts";
import { loadFixture } from "../fixtures.ts";
import { writeFiles } from "./layout-hosts.ts";

/** A member of a cluster, with the files of its own plan. */
export interface MemberHost {
  readonly host: string;
  readonly address: string;
  readonly directory: string;
}

const writeMember = (text: string, host: string, folder: string): string => {
  const parsed = parseSpec(JSON.stringify({ ...JSON.parse(text), host }), `${host}.json`);
  if (!parsed.ok) throw new ProblemsError(parsed.problems);
  const evidence = builtInEvidence();
  return writeFiles(renderPlan(makePlan(parsed.spec, evidence), `${host}.json`, evidence), folder);
};

/**
 * Compiles every member of the cluster that a fixture has one of: the same spec under each member's name.
 * @returns none where the fixture is no member.
 */
export const writeMembers = (fixture: string, folder: string): MemberHost[] => {
  const { plan, expected } = loadFixture(fixture);
  const text = readFileSync(join(expected, "..", "spec.json"), "utf8");
  const members = plan.databases.flatMap(({ cluster }) => cluster?.members ?? []);
  return members.map(({ name, address }) => ({
    host: name,
    address,
    directory: writeMember(text, name, join(folder, name)),
  }));
};
