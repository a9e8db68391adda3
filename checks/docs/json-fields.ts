import type { DocumentedField } from "../../generator/render/docs/views.ts";

/** What of JSON Schema a table of fields shows. */
interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
}

const quoted = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(", ");

/** A map of names to values has no fields of its own. */
const mapOf = ({ properties, additionalProperties }: Node): Node | undefined =>
  properties === undefined && typeof additionalProperties === "object" ? additionalProperties : undefined;

const typeOf = (node: Node): string => {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return quoted(node.enum);
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(" or ");
  const value = mapOf(node);
  if (value !== undefined) return `object of ${typeOf(value)}`;
  if (node.items !== undefined) return `list of ${typeOf(node.items)}`;
  return typeof node.type === "object" ? node.type.join(" or ") : (node.type ?? "anything");
};

const descriptionOf = (node: Node): string =>
  node.description ??
  node.anyOf?.find(({ description }) => description !== undefined)?.description ??
  node.items?.description ??
  "";

/** The objects that a field holds, and what their fields' paths begin with. */
const within = (node: Node, path: string): readonly (readonly [Node, string])[] => {
  if (node.anyOf !== undefined) return node.anyOf.flatMap((each) => within(each, path));
  if (node.items !== undefined) return within(node.items, `${path}[]`);
  return node.properties === undefined ? [] : [[node, path]];
};

/** Every field of a JSON Schema's document, each below its object. */
export const fieldsOf = (schema: Node, path = ""): readonly DocumentedField[] =>
  within(schema, path).flatMap(([object, prefix]) =>
    Object.entries(object.properties ?? {}).flatMap(([name, node]) => {
      const at = prefix === "" ? name : `${prefix}.${name}`;
      return [{ path: at, type: typeOf(node), description: descriptionOf(node) }, ...fieldsOf(node, at)];
    }),
  );
