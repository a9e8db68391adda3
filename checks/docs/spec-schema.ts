import * as z from "zod";
import { fleetSchema } from "../../generator/fleet/schema.ts";
import { specSchema } from "../../generator/spec/schema.ts";

/** The keywords of the spec's JSON Schema that its page shows. */
export interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** What a pattern lets through, in words. */
  readonly allowed?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: boolean | Node;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

/** No pattern of the spec lets it through, so that each says what it would. */
const impossible = "\0";

/** A JSON Schema with the words of its error messages beside the patterns. */
const documented = (schema: z.ZodType): Node =>
  z.toJSONSchema(schema, {
    io: "input",
    target: "draft-07",
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.pattern === undefined) return;
      const { error } = z.safeParse(zodSchema, impossible);
      Object.assign(jsonSchema, { allowed: error?.issues[0]?.message });
    },
  }) as Node;

export const documentedSpecSchema = (): Node => documented(specSchema);
export const documentedFleetSchema = (): Node => documented(fleetSchema);
