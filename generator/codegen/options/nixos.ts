import { attrsOf, listOf, literals, type Members, nix, objectType, type Property } from "./type-text.ts";

/** `checks/contract/nixos.json`: the NixOS options that generated modules may set. */
export interface NixosContract {
  readonly options: Readonly<Record<string, NixosOption>>;
}

interface NixosOption extends SubOption {
  readonly file: string;
  readonly readAt: string;
}

interface SubOption {
  readonly type: OptionType;
  readonly default?: unknown;
}

/** The grammar of a type; `checks/contract/extract.nix` writes it. */
export type OptionType =
  | keyof typeof scalars
  | { readonly nullOr: OptionType }
  | { readonly listOf: OptionType }
  | { readonly attrsOf: OptionType }
  | { readonly enum: readonly unknown[] }
  | { readonly oneOf: readonly OptionType[] }
  | { readonly submodule: Submodule };

interface Submodule {
  readonly options: Readonly<Record<string, SubOption>>;
  readonly freeform?: OptionType;
}

const scalars = {
  bool: "boolean",
  int: "number",
  float: "number",
  port: "number",
  str: "string",
  lines: "string",
  path: "string",
  package: "NixNode",
  anything: "NixValue",
  unitOption: "UnitOption",
} as const;

/** Type declarations for `NixosConfig`. Throws Error for a type outside the grammar. */
export const nixosTypes = (contract: NixosContract): string => `
/** A value of a systemd unit's option; a list stands for the option given several times. */
export type UnitOption = UnitScalar | readonly Nix<UnitScalar>[];
type UnitScalar = string | number | boolean | null;

/** The part of a NixOS configuration that generated modules may set. An object type, so that it is a NixValue too. */
export type NixosConfig = ${treeType(treeOf(contract))};
`;

/** Options by the parts of their names. */
type Tree = Map<string, Tree | NixosOption>;

function treeOf({ options }: NixosContract): Tree {
  const root: Tree = new Map();
  for (const [name, option] of Object.entries(options)) insert(root, name, name.split("."), option);
  return root;
}

function insert(
  tree: Tree,
  name: string,
  [part = "", ...rest]: readonly string[],
  option: NixosOption,
): void {
  const there = tree.get(part);
  if (rest.length === 0 && there === undefined) return void tree.set(part, option);
  if (rest.length === 0 || (there && !(there instanceof Map)))
    throw new Error(`${name} clashes with another option`);
  const below = there ?? new Map();
  tree.set(part, below);
  insert(below, name, rest, option);
}

function treeType(tree: Tree): string {
  const properties = [...tree].map(([name, node]): Property => {
    if (node instanceof Map) return { name, type: treeType(node), optional: true, doc: undefined };
    return { ...subOption(name, node), doc: `${describe(node)} ${node.file}, ${shorten(node.readAt)}` };
  });
  return objectType(properties);
}

const subOption = (name: string, option: SubOption): Property => ({
  name,
  type: nix(membersOf(option.type)),
  optional: true,
  doc: describe(option),
});

function membersOf(type: OptionType): Members {
  if (typeof type === "string") return [scalars[type] ?? unknownType(type)];
  if ("nullOr" in type) return [...membersOf(type.nullOr), "null"];
  if ("listOf" in type) return [listOf(membersOf(type.listOf))];
  if ("attrsOf" in type) return [attrsOf(membersOf(type.attrsOf))];
  if ("enum" in type) return literals(type.enum);
  if ("oneOf" in type) return type.oneOf.flatMap(membersOf);
  if ("submodule" in type) return [submoduleType(type.submodule)];
  return unknownType(type);
}

function submoduleType({ options, freeform }: Submodule): string {
  const properties = Object.entries(options).map(([name, option]) => subOption(name, option));
  if (freeform === undefined) return objectType(properties);
  const others = typeof freeform === "object" && "attrsOf" in freeform ? freeform.attrsOf : freeform;
  return objectType(properties, nix(membersOf(others)));
}

function unknownType(type: unknown): never {
  throw new Error(`an option type outside the grammar: ${JSON.stringify(type)}`);
}

function describe(option: SubOption): string {
  const value = "default" in option ? ` Default: \`${JSON.stringify(option.default)}\`.` : "";
  return `${typeName(option.type)}.${value}`;
}

/** The type as the NixOS manual words it, submodules in short. */
function typeName(type: OptionType): string {
  if (typeof type === "string") return type;
  if ("enum" in type) return `one of ${type.enum.map((choice) => JSON.stringify(choice)).join(", ")}`;
  if ("oneOf" in type) return type.oneOf.map(typeName).join(" or ");
  if ("submodule" in type) return "submodule";
  if ("nullOr" in type) return `null or ${typeName(type.nullOr)}`;
  return "listOf" in type
    ? `list of (${typeName(type.listOf)})`
    : `attribute set of (${typeName(type.attrsOf)})`;
}

const shorten = (readAt: string): string => readAt.replace(/\b([0-9a-f]{12})[0-9a-f]{28}\b/, "$1");
