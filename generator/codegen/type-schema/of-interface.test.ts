import { Project } from "ts-morph";
import { expect, test } from "vitest";
import { schemaOfInterface } from "./of-interface.ts";

const project = new Project({
  useInMemoryFileSystem: true,
  compilerOptions: { strict: true, lib: ["lib.es2024.d.ts"] },
});

const schemaOf = (text: string) => {
  const source = project.createSourceFile("plan.ts", `export {};\n${text}`, { overwrite: true });
  return schemaOfInterface(source.getInterfaceOrThrow("Plan"));
};

const property = (type: string) => schemaOf(`interface Plan { value: ${type} }`).properties?.value;

test.each([
  ["string", { type: "string" }],
  ["number", { type: "number" }],
  ["boolean", { type: "boolean" }],
  ["unknown", {}],
  ["readonly string[]", { type: "array", items: { type: "string" } }],
  ["Readonly<Record<string, number>>", { type: "object", additionalProperties: { type: "number" } }],
  ["16384 | 4096", { enum: [4096, 16384] }],
  ['"b" | "a"', { enum: ["a", "b"] }],
  ["true", { enum: [true] }],
  ["null | boolean", { anyOf: [{ type: "boolean" }, { type: "null" }] }],
  ['"a" | null', { anyOf: [{ enum: ["a"] }, { type: "null" }] }],
  ["null | string | number", { anyOf: [{ type: "number" }, { type: "string" }, { type: "null" }] }],
  [
    "{ readonly a: string; readonly b?: number }",
    {
      type: "object",
      properties: { a: { type: "string" }, b: { type: "number" } },
      required: ["a"],
    },
  ],
])("%s", (type, schema) => {
  expect(property(type)).toEqual(schema);
});

test("interfaces are definitions with their comments, also where one holds itself", () => {
  const schema = schemaOf(`
    /** All
     * of it. */
    interface Plan {
      /** The first. */
      first: Part;
      rest: Part[];
    }
    /** A part. */
    interface Part {
      /** Its name. */
      name: string;
      below: Part | null;
    }
  `);
  expect(schema).toEqual({
    description: "All of it.",
    type: "object",
    properties: {
      first: { description: "The first.", anyOf: [{ $ref: "#/definitions/Part" }] },
      rest: { type: "array", items: { $ref: "#/definitions/Part" } },
    },
    required: ["first", "rest"],
    definitions: {
      Part: {
        description: "A part.",
        type: "object",
        properties: {
          name: { description: "Its name.", type: "string" },
          below: { anyOf: [{ $ref: "#/definitions/Part" }, { type: "null" }] },
        },
        required: ["name", "below"],
      },
    },
  });
});

test("what JSON cannot hold has no schema", () => {
  expect(() => property("() => string")).toThrow("no JSON Schema for the type () => string");
  expect(() => property("symbol")).toThrow("no JSON Schema for the type symbol");
});
