import { type InterfaceDeclaration, Node, type Symbol as Property, type Type, ts } from "ts-morph";
import type { Schema } from "./schema.ts";

/**
 * The schema of an interface; interfaces that it refers to are definitions. Properties that no one knows are let pass:
 * a later version may add some. Throws Error for a type that JSON has no word for.
 */
export function schemaOfInterface(declaration: InterfaceDeclaration): Schema {
  const named = new Map<string, Schema>();
  const schema = objectSchema(declaration.getType(), { at: declaration, named });
  return { ...documented(declaration.getSymbolOrThrow(), schema), definitions: Object.fromEntries(named) };
}

interface Context {
  /** Where types are looked at. */
  readonly at: Node;
  readonly named: Map<string, Schema>;
}

const scalars: readonly (readonly [is: (type: Type) => boolean, schema: Schema])[] = [
  [(type) => type.isUnknown(), {}],
  [(type) => type.isNull(), { type: "null" }],
  [(type) => type.isString() || type.isTemplateLiteral(), { type: "string" }],
  [(type) => type.isNumber(), { type: "number" }],
  [(type) => type.isBoolean(), { type: "boolean" }],
];

function schemaOf(type: Type, context: Context): Schema {
  const scalar = scalars.find(([is]) => is(type));
  if (scalar) return scalar[1];
  if (type.isUnion()) return unionSchema(type.getUnionTypes(), context);
  if (isLiteral(type)) return { enum: [literalOf(type)] };
  const element = type.getArrayElementType();
  if (element) return { type: "array", items: schemaOf(element, context) };
  if (!type.isObject() || type.getCallSignatures().length > 0)
    throw new Error(`no JSON Schema for the type ${type.getText()}`);
  return interfaceSchema(type, context) ?? objectSchema(type, context);
}

/** A reference to the definition of a named interface, made where there is none yet. */
function interfaceSchema(type: Type, context: Context): Schema | undefined {
  const symbol = type.getSymbol();
  if (!symbol?.getDeclarations().some(Node.isInterfaceDeclaration)) return undefined;
  const name = symbol.getName();
  if (!context.named.has(name)) {
    // First of all, so that an interface may hold itself.
    context.named.set(name, {});
    context.named.set(name, documented(symbol, objectSchema(type, context)));
  }
  return { $ref: `#/definitions/${name}` };
}

function objectSchema(type: Type, context: Context): Schema {
  const values = type.getStringIndexType();
  if (values) return { type: "object", additionalProperties: schemaOf(values, context) };
  const properties = type.getProperties();
  const required = properties
    .filter((property) => !property.isOptional())
    .map((property) => property.getName());
  return {
    type: "object",
    properties: Object.fromEntries(
      properties.map((property) => [property.getName(), propertySchema(property, context)]),
    ),
    ...(required.length > 0 ? { required } : {}),
  };
}

const propertySchema = (property: Property, context: Context): Schema =>
  documented(property, schemaOf(property.getTypeAtLocation(context.at), context));

/** Literals of one union become one enumeration; `true` and `false` together are a boolean. */
function unionSchema(members: readonly Type[], context: Context): Schema {
  const defined = members.filter((member) => !member.isUndefined());
  const both = defined.filter((member) => member.isBooleanLiteral()).length === 2;
  const literals = defined.filter((member) => isLiteral(member) && !(both && member.isBooleanLiteral()));
  const others = defined.filter((member) => !isLiteral(member)).map((member) => schemaOf(member, context));
  const parts: readonly Schema[] = [
    ...(literals.length > 0 ? [{ enum: literals.map(literalOf).toSorted(byValue) }] : []),
    ...(both ? [{ type: "boolean" } as const] : []),
    ...others.toSorted(nullLast),
  ];
  return parts.length === 1 ? (parts[0] ?? {}) : { anyOf: parts };
}

/** The compiler's own order of a union's members follows what else it has read. */
const byValue = (a: string | number | boolean, b: string | number | boolean): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;

const nullLast = (a: Schema, b: Schema): number =>
  Number(a.type === "null") - Number(b.type === "null") || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const isLiteral = (type: Type): boolean => type.isLiteral() && !type.isBoolean();

const literalOf = (type: Type): string | number | boolean =>
  type.isBooleanLiteral() ? type.getText() === "true" : (type.getLiteralValueOrThrow() as string | number);

function documented(symbol: Property, schema: Schema): Schema {
  const text = ts.displayPartsToString(symbol.compilerSymbol.getDocumentationComment(undefined));
  const description = text.replace(/\s+/g, " ").trim();
  if (description === "") return schema;
  // Beside $ref draft-07 ignores all other keywords.
  return schema.$ref === undefined ? { description, ...schema } : { description, anyOf: [schema] };
}
