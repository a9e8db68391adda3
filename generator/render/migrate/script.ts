import type { GeneratedFile } from "../../output/generated-file.ts";
import type { Plan } from "../../plan/types.ts";
import { headerOf } from "../header.ts";
import { renderMigrateScriptSh } from "../templates.generated.ts";
import { journal, migrateDatabase } from "./make-view.ts";

export const migrateScriptPath = "runbooks/migrate.sh";

/** One script for all databases of a host: bash runbooks/migrate.sh NAME STEP… */
export const migrateScript = (plan: Plan, specName: string): GeneratedFile => ({
  path: migrateScriptPath,
  text: renderMigrateScriptSh({
    header: headerOf("migrate.sh", specName),
    journal,
    databases: plan.databases.map((database) => migrateDatabase(plan, database)),
  }),
});
