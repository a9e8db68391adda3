import type { Engine } from "../spec/schema.ts";
import { mariadb } from "./mariadb/index.ts";
import { mysql } from "./mysql/index.ts";
import { postgresql } from "./postgresql/index.ts";
import { sqlite } from "./sqlite/index.ts";
import type { EngineFacts } from "./types.ts";

const engines: Readonly<Record<Engine, EngineFacts>> = { postgresql, mysql, mariadb, sqlite };

/** In the order in which pages list them. */
export const allEngines = Object.keys(engines) as readonly Engine[];

export const factsOf = (engine: Engine): EngineFacts => engines[engine];
