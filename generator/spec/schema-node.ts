import { type Path, valueAt } from "./pointer.ts";

/** The few keywords of JSON Schema that error messages look at. */
export interface SchemaNode {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
}

const branches = (node: SchemaNode): readonly SchemaNode[] => node.anyOf ?? node.oneOf ?? [node];

/** Whether the constants of a branch (an engine's name) are those of the value. */
const agrees = (branch: SchemaNode, value: unknown): boolean =>
  Object.entries(branch.properties ?? {}).every(
    ([key, child]) => child.const === undefined || child.const === valueAt(value, [key]),
  );

const step = (node: SchemaNode, token: string | number, value: unknown): SchemaNode | undefined => {
  for (const branch of branches(node)) {
    if (!agrees(branch, value)) continue;
    const child = typeof token === "number" ? branch.items : branch.properties?.[token];
    if (child) return child;
  }
  return undefined;
};

/** The schema of the value at `path`, choosing union branches by what the document holds. */
export const schemaAt = (root: SchemaNode, document: unknown, path: Path): SchemaNode | undefined => {
  let node: SchemaNode | undefined = root;
  for (let i = 0; i < path.length && node; i++) {
    node = step(node, path[i] as string | number, valueAt(document, path.slice(0, i)));
  }
  return node;
};

/** The keys that an object at this schema may have. */
export const knownKeys = (node: SchemaNode | undefined, value: unknown): string[] =>
  node
    ? branches(node)
        .filter((b) => agrees(b, value))
        .flatMap((b) => Object.keys(b.properties ?? {}))
    : [];
