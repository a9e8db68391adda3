import type { GeneratedFile } from "../../output/generated-file.ts";
import type { Plan } from "../../plan/types.ts";
import { headerOf } from "../header.ts";
import { renderMigrateScriptSh } from "../templates.generated.ts";
import { journal, migrateDatabase } from "./make-view.ts";
import { movedByCopies } from "./moved.ts";

export const migrateScriptPath = "runbooks/migrate.sh";

/** One script for all databases of a host that it can move: bash runbooks/migrate.sh NAME STEP… */
export const migrateScript = (plan: Plan, specName: string): GeneratedFile[] => {
  const databases = movedByCopies(plan).map((database) => migrateDatabase(plan, database));
  const header = headerOf("migrate.sh", specName);
  const text = renderMigrateScriptSh({ header, journal, databases });
  return databases.length === 0 ? [] : [{ path: migrateScriptPath, text }];
};
