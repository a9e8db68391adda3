import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SpecField, SpecObject } from "../../generator/render/docs/views.ts";
import { renderDocsSpecMd } from "../../generator/render/templates.generated.ts";
import type { Page } from "./option-pages.ts";
import { allowedText, defaultText, titleOf } from "./spec-allowed.ts";
import { documentedSpecSchema, type Node } from "./spec-schema.ts";

/** "databases[].backup" */
const fieldOf = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

const fieldsOf = ({ properties = {}, required = [] }: Node, path: string): SpecField[] =>
  Object.entries(properties).map(([name, node]) => ({
    name,
    allowed: allowedText(node, fieldOf(path, name)),
    default: defaultText(node, required.includes(name)),
    description: node.description ?? "",
  }));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const only = ({ properties = {}, ...rest }: Node, keys: (key: string) => boolean): Node => ({
  ...rest,
  properties: Object.fromEntries(Object.entries(properties).filter(([key]) => keys(key))),
});

const engineOf = ({ properties = {} }: Node): string => String(properties.engine?.const);

/** One object for what all kinds of a list have, and one for what each has of its own; kinds alike share one. */
const kindsOf = (kinds: readonly Node[], path: string): SpecObject[] => {
  const [first = {}] = kinds;
  const isCommon = (key: string) =>
    kinds.every(({ properties = {} }) => same(properties[key], first.properties?.[key]));
  const engine: Node = { enum: kinds.map(engineOf), description: "Which engine it is." };
  const common = only(first, isCommon);
  const shared = { ...common, properties: { engine, ...common.properties } };
  const ownOf = (kind: Node) => only(kind, (key) => key !== "engine" && !isCommon(key));
  const alike = Map.groupBy(kinds, (kind) => Object.keys(ownOf(kind).properties ?? {}).join());
  return [
    { title: path, description: undefined, fields: fieldsOf(shared, path) },
    ...[...alike.values()].map((group) => ({
      title: `${path} of ${group.map(engineOf).join(", ")}`,
      description: "What it has besides.",
      fields: fieldsOf(ownOf(group[0] ?? {}), path),
    })),
    ...below(first, path),
  ];
};

const objectOf = (node: Node, path: string): SpecObject => ({
  title: path === "" ? "spec" : path,
  description: node.description,
  fields: fieldsOf(node, path),
});

/** The objects that a node holds, itself first, each with its path; in a map of names to objects, NAME is in it. */
export const objectsOf = (node: Node, path: string): SpecObject[] => {
  if (node.oneOf) return kindsOf(node.oneOf, path);
  if (node.properties) return [objectOf(node, path), ...below(node, path)];
  if (node.items) return objectsOf(node.items, `${path}[]`);
  if (typeof node.additionalProperties === "object" && node.additionalProperties.properties)
    return objectsOf(node.additionalProperties, `${path}.NAME`);
  const branches = node.anyOf ?? [];
  return branches.flatMap((branch) => objectsOf(branch, titleOf(path, branch, branches)));
};

const below = ({ properties = {} }: Node, path: string): SpecObject[] =>
  Object.entries(properties).flatMap(([key, node]) => objectsOf(node, fieldOf(path, key)));

const example = (): string =>
  readFileSync(join(import.meta.dirname, "../fixtures/postgresql-oltp/spec.json"), "utf8").replace(
    /"\$schema": ".*"/,
    '"$schema": "./spec.schema.json"',
  );

/** docs/spec.md: every field of a spec, from the schema. */
export const specPage = (): Page => ({
  path: "docs/spec.md",
  text: renderDocsSpecMd({ example: example(), objects: objectsOf(documentedSpecSchema(), "") }),
});
