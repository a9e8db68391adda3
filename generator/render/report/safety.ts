import { factsOf } from "../../engines/index.ts";
import type { Plan, PlannedDatabase } from "../../plan/types.ts";
import { badBlocks } from "./safety-bad-blocks.ts";
import { crash } from "./safety-crash.ts";
import { diskLost, hostLost, operatorError } from "./safety-losses.ts";
import type { Trouble, TroubleView } from "./trouble.ts";

const troubles: readonly Trouble[] = [crash, ...badBlocks, diskLost, operatorError, hostLost];

/** The safety matrix of a database, as it follows from its plan. */
export const safetyMatrix = (plan: Plan, database: PlannedDatabase): TroubleView[] => {
  const filesystem = plan.filesystems.find(({ id }) => id === database.filesystem);
  if (!filesystem) throw new Error(`the plan has no filesystem ${database.filesystem}`);
  const kept = { plan, database, filesystem, title: factsOf(database.engine).title };
  return troubles.map((trouble) => trouble(kept));
};
