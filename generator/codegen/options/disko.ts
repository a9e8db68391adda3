import type { Choice, DiskoContract, DiskoType, Field, Fields } from "./disko-contract.ts";
import { attrsOf, listOf, literals, type Members, nix, objectType, type Property } from "./type-text.ts";

const scalars: Readonly<Record<string, string>> = {
  str: "string",
  "absolute-pathname": "string",
  int: "number",
  bool: "boolean",
  anything: "NixValue",
};

const contents: Readonly<Record<string, string>> = {
  "<deviceType>": "DiskoDeviceContent",
  "<partitionType>": "DiskoPartitionContent",
};

/** The attributes of `disko.devices` and the type of their values: `toplevel` in disko's lib/default.nix. */
const devices = [
  ["disk", "disk"],
  ["mdadm", "mdadm"],
  ["zpool", "zpool"],
  ["lvm_vg", "lvm_vg"],
  ["nodev", "nodev"],
  ["bcachefs_filesystems", "bcachefs_filesystem"],
] as const;

/** Type declarations for `DiskoDevices` and every type below it. Throws Error for a type that it cannot read. */
export function diskoTypes({ types, hooks }: DiskoContract): string {
  const declarations: string[] = [];
  const context: Context = { known: new Set(Object.keys(types)), declarations };
  for (const [name, fields] of Object.entries(types)) {
    if (isChoice(fields)) continue;
    const own = objectType(propertiesOf(typeNameOf(name), fields, context));
    declarations.push(`export type ${typeNameOf(name)} = DiskoHooks & ${own};`);
  }
  return [devicesType(), ...choices(types), hooksType(hooks.names), ...declarations].join("\n\n");
}

interface Context {
  readonly known: ReadonlySet<string>;
  /** Submodules get a type of their own, named after the field. */
  readonly declarations: string[];
}

const isChoice = (fields: Fields | Choice): fields is Choice => fields.type === "oneOf";

function choices(types: DiskoContract["types"]): readonly string[] {
  const named = { deviceType: "DiskoDeviceContent", partitionType: "DiskoPartitionContent" };
  return Object.entries(named).map(([key, name]) => {
    const choice = types[key];
    if (!choice || !isChoice(choice)) throw new Error(`disko's jsonTypes have no ${key}`);
    return `export type ${name} = ${choice.types.map(typeNameOf).join(" | ")};`;
  });
}

function devicesType(): string {
  const properties = devices.map(([name, type]) => {
    return { name, type: nix([attrsOf([typeNameOf(type)])]), optional: true, doc: undefined };
  });
  return `/** The value of \`disko.devices\`. */\nexport type DiskoDevices = ${objectType(properties)};`;
}

const hooksType = (names: readonly string[]): string =>
  `/** Shell commands around what disko does; every type has them. */
export type DiskoHooks = ${objectType(names.map(hook))};`;

const hook = (name: string): Property => ({ name, type: nix(["string"]), optional: true, doc: undefined });

/** Names with an underscore in front are disko's own. */
const propertiesOf = (owner: string, fields: Fields, context: Context): readonly Property[] =>
  Object.entries(fields)
    .filter(([name]) => !name.startsWith("_"))
    .map(([name, field]) => property(owner, name, field, context));

function property(owner: string, name: string, field: Field, context: Context): Property {
  if (typeof field === "string") {
    const content = contents[field] ?? unknownType(owner, name, field);
    return { name, type: nix([content, "null"]), optional: true, doc: undefined };
  }
  const members = membersOf(owner, name, field.type, context);
  // The literal that tells the members of a content union apart cannot be an expression.
  const type = isTag(field.type) ? members.join() : nix(members);
  return { name, type, optional: hasDefault(field), doc: describe(field) };
}

function membersOf(owner: string, name: string, type: DiskoType, context: Context): Members {
  const inner = (part: DiskoType) => membersOf(owner, name, part, context);
  if (typeof type === "string") return [scalarType(owner, name, type, context)];
  if ("options" in type) return [submodule(owner, name, type.options, context)];
  if (type.type === "enum") return literals(type.choices);
  if (type.type === "oneOf") return type.types.flatMap(inner);
  if (type.type === "attrsOf") return [attrsOf(inner(type.subType))];
  if (type.type === "listOf") return [listOf(inner(type.subType))];
  if (type.type === "nullOr") return [...inner(type.subType), "null"];
  return unknownType(owner, name, type);
}

/** jsonTypes gives no more than the name "topology" for the layout of a ZFS pool. */
function scalarType(owner: string, name: string, type: string, { known }: Context): string {
  if (known.has(type)) return typeNameOf(type);
  if (type === "topology") return "NixValue";
  return scalars[type] ?? unknownType(owner, name, type);
}

function submodule(owner: string, name: string, options: Fields, context: Context): string {
  const type = owner + pascal(name.replace(/s$/, ""));
  context.declarations.push(`export type ${type} = ${objectType(propertiesOf(type, options, context))};`);
  return type;
}

const isTag = (type: DiskoType): boolean =>
  typeof type === "object" && "choices" in type && type.choices.length === 1;

const emptyByItself = new Set(["nullOr", "listOf", "attrsOf"]);

/** Types with an empty value (lib/types.nix in nixpkgs, `emptyValue`) need no default. */
function hasDefault({ type, default: value }: Exclude<Field, string>): boolean {
  return value !== null || (typeof type === "object" && "type" in type && emptyByItself.has(type.type));
}

function describe(field: Exclude<Field, string>): string | undefined {
  const words = (field.description ?? "").trim().replace(/\w$/, "$&.");
  const value = field.default === null ? "" : `Default: \`${defaultText(field.default)}\`.`;
  return [words, value].filter((part) => part !== "").join(" ") || undefined;
}

function defaultText(value: unknown): string {
  if (typeof value === "object" && value !== null && "text" in value) return String(value.text).trim();
  return JSON.stringify(value);
}

const typeNameOf = (name: string): string => `Disko${pascal(name)}`;

const pascal = (name: string): string =>
  name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());

function unknownType(owner: string, name: string, type: unknown): never {
  throw new Error(`${owner}.${name} has a type that is not known here: ${JSON.stringify(type)}`);
}
