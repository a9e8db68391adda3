import { specJsonSchema } from "../spec/json-schema.ts";
import type { Path } from "../spec/pointer.ts";
import { type SchemaNode, schemaAt } from "../spec/schema-node.ts";

interface TypedNode {
  readonly type?: string;
  readonly anyOf?: readonly TypedNode[];
}

let schema: SchemaNode | undefined;

/** What the spec may have there, as types of JSON Schema; none for a place that it does not know. */
const typesAt = (document: unknown, path: Path): readonly (string | undefined)[] => {
  schema ??= specJsonSchema() as SchemaNode;
  const node = schemaAt(schema, document, path) as TypedNode | undefined;
  return node ? (node.anyOf ?? [node]).map(({ type }) => type) : [];
};

const decimal = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

/**
 * A cell of text as the value that the spec has there: a number or a boolean where it wants one and the cell is one. Anything
 * else stays text, of which the spec's own check says what is wrong.
 */
export const valueOfCell = (cell: unknown, document: unknown, path: Path): unknown => {
  if (typeof cell !== "string") return cell;
  const types = typesAt(document, path);
  if (types.includes("boolean") && booleans.has(cell)) return booleans.get(cell);
  const wantsNumber = types.includes("number") || types.includes("integer");
  return wantsNumber && decimal.test(cell) ? Number(cell) : cell;
};
