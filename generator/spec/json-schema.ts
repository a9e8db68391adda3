import * as z from "zod";
import { specSchema } from "./schema.ts";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The spec's JSON Schema (draft-07, which editors understand), as a writer of specs sees it: defaults optional. */
export const specJsonSchema = (): JsonSchema =>
  z.toJSONSchema(specSchema, { io: "input", target: "draft-07" });
