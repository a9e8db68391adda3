import { join } from "node:path";
import { openProject } from "../typescript.ts";
import { schemaOfInterface } from "./of-interface.ts";
import type { Schema } from "./schema.ts";

/** The JSON Schema (draft-07) of plan.json, from the types that the planner itself is held to. `root` is the repository. */
export function planJsonSchema(root: string): Schema {
  const project = openProject(join(root, "tsconfig.json"));
  const source = project.addSourceFileAtPath(join(root, "generator/plan/types.ts"));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "dbtrfs plan",
    ...schemaOfInterface(source.getInterfaceOrThrow("Plan")),
  };
}
