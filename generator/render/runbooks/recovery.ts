import type { Plan } from "../../plan/types.ts";
import { badBlock } from "./recover-bad-block.ts";
import { deviceErrors } from "./recover-device-errors.ts";
import { diskLost } from "./recover-disk-lost.ts";
import { droppedTable } from "./recover-dropped-table.ts";
import { full } from "./recover-full.ts";
import { hostIsLost } from "./recover-host-lost.ts";
import { powerCut } from "./recover-power-cut.ts";
import { willNotStart } from "./recover-will-not-start.ts";
import { restoreRunbooks } from "./restore.ts";
import type { Runbook } from "./runbook.ts";

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
