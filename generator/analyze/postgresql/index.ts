import type { EngineAnalyzer } from "../analyzer.ts";
import { derive } from "./derive.ts";
import { postgresqlFindings } from "./findings/index.ts";
import { connectTo } from "./session.ts";
import { targetForms } from "./target.ts";

/** PostgreSQL 15 to 18, through psql. */
export const postgresqlAnalyzer: EngineAnalyzer = {
  engine: "postgresql",
  targets: targetForms,
  connect: (target) => connectTo(target),
  derive,
  findingRules: postgresqlFindings,
};
