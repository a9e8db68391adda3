import type { Engine } from "../spec/schema.ts";
import { factsOf } from "./index.ts";

/** "PostgreSQL 18.6"; what stands in for a server in a benchmark is named by its version: "fio 3.33". */
export const versionText = (engine: Engine, version: string): string =>
  /^\d/.test(version) ? `${factsOf(engine).title} ${version}` : version;
