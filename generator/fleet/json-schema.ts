import * as z from "zod";
import { fleetSchema } from "./schema.ts";

/** The fleet file's JSON Schema (draft-07, which editors understand), as its writer sees it. */
export const fleetJsonSchema = (): z.core.JSONSchema.JSONSchema =>
  z.toJSONSchema(fleetSchema, { io: "input", target: "draft-07" });
