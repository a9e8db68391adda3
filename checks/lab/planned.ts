import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { Plan } from "../../generator/plan/types.ts";
import { commandsOf } from "../../generator/render/runbooks/runbook.ts";
import { runbooksOf } from "../../generator/render/runbooks/runbooks-of.ts";
import { guestFor } from "./guest.ts";
import type { Planned } from "./job.ts";

export const planIn = (directory: string): Plan =>
  JSON.parse(readFileSync(join(directory, "plan.json"), "utf8")) as Plan;

/** What a job says of a host, by the folder that holds its plan; where the guest has another server it is printed. */
export const plannedOf = async (
  name: string,
  directory: string,
  isOnHostKernel: boolean,
): Promise<Planned> => {
  const plan = planIn(directory);
  const guest = await guestFor(directory, isOnHostKernel);
  for (const line of guest.substitutions) process.stdout.write(`     ${name}: ${line}\n`);
  const runbooks = Object.fromEntries(runbooksOf(plan).map((runbook) => [runbook.id, commandsOf(runbook)]));
  return { guest, plan, runbooks };
};
