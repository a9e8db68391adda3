import * as z from "zod";
import { captureSchema } from "./schema.ts";

/** The JSON Schema (draft-07, which editors understand) of a capture. */
export const captureJsonSchema = (): z.core.JSONSchema.JSONSchema =>
  z.toJSONSchema(captureSchema, { io: "input", target: "draft-07" });
