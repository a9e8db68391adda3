import * as z from "zod";
import { evidenceSchema } from "./schema.ts";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The JSON Schema (draft-07, which editors understand) of an evidence file, as a writer of one sees it. */
export const evidenceJsonSchema = (): JsonSchema =>
  z.toJSONSchema(evidenceSchema, { io: "input", target: "draft-07" });
