import type { Plan } from "../../../plan/types.ts";
import { restoreRunbooks } from "../restore/restore.ts";
import type { Runbook } from "../runbook.ts";
import { badBlock } from "./bad-block.ts";
import { deviceErrors } from "./device-errors.ts";
import { diskLost } from "./disk-lost.ts";
import { droppedTable } from "./dropped-table.ts";
import { full } from "./full.ts";
import { hostIsLost } from "./host-lost.ts";
import { powerCut } from "./power-cut.ts";
import { willNotStart } from "./will-not-start.ts";

const situations: readonly ((plan: Plan) => Runbook[])[] = [
  willNotStart,
  powerCut,
  full,
  deviceErrors,
  badBlock,
  diskLost,
  droppedTable,
  hostIsLost,
];

/** A runbook a situation, with a part for each database or filesystem; then the restores that they lead to. */
export const recoveryRunbooks = (plan: Plan): Runbook[] => [
  ...situations.flatMap((situation) => situation(plan)),
  ...plan.databases.flatMap(restoreRunbooks),
];
