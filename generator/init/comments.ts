import { specJsonSchema } from "../spec/json-schema.ts";
import { type Path, pointerTo, show } from "../spec/pointer.ts";
import type { SpecInput } from "../spec/schema.ts";
import { type SchemaNode, schemaAt } from "../spec/schema-node.ts";
import { indented } from "../wrap.ts";

/** Every field that holds no other. */
const leaves = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
};

const at = (spec: SpecInput, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], spec);

/** What each field of a spec means: the comments that JSON cannot hold. */
export const specComments = (spec: SpecInput): string => {
  const schema = specJsonSchema() as SchemaNode;
  return leaves(spec)
    .filter(([first]) => first !== "$schema")
    .map((path) => {
      const about = schemaAt(schema, spec, path)?.description ?? "";
      return `  ${pointerTo(path)}: ${show(at(spec, path))}\n${about ? indented(about, 6) : ""}`;
    })
    .join("");
};
