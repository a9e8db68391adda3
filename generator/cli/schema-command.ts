import { didYouMean } from "../did-you-mean.ts";
import { defineCommand } from "./command.ts";
import { usageError } from "./usage.ts";

const schemas: Readonly<Record<string, () => Promise<object>>> = {
  spec: async () => (await import("../spec/json-schema.ts")).specJsonSchema(),
  fleet: async () => (await import("../fleet/json-schema.ts")).fleetJsonSchema(),
  evidence: async () => (await import("../evidence/json-schema.ts")).evidenceJsonSchema(),
  capture: async () => (await import("../analyze/capture/json-schema.ts")).captureJsonSchema(),
  plan: async () => (await import("../plan/plan.schema.json", { with: { type: "json" } })).default,
};

const names = Object.keys(schemas);

/** Throws a ProblemsError for what has no schema. */
const schemaOf = (operands: readonly string[]): Promise<object> => {
  const [name = "spec", ...more] = operands;
  const load = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (load !== undefined && more.length === 0) return load();
  const meant = more.length > 0 ? name : didYouMean(name, names);
  throw usageError(
    `dbtrfs schema ${operands.join(" ")}`,
    `one of ${names.join(", ")}`,
    meant && names.includes(meant) ? `did you mean dbtrfs schema ${meant}?` : "name one of these",
  );
};

export const schemaCommand = defineCommand({
  usage: "[spec|fleet|evidence|capture|plan]",
  about: [
    "Prints the JSON Schema (draft-07) of a spec, of a fleet, of an evidence file",
    "(bench --out), of a capture (analyze --capture) or of plan.json. An editor",
    'completes and checks a spec or a fleet whose "$schema" names it.',
  ].join("\n"),
  options: {},
  operands: [names, "nothing"],
  examples: [
    ["dbtrfs schema > spec.schema.json", 'then begin the spec with "$schema": "./spec.schema.json"'],
    ["dbtrfs schema plan", "for programs that read plan.json"],
  ],
  async run({ operands }, { product }) {
    await product.write(`${JSON.stringify(await schemaOf(operands), null, 2)}\n`);
    return 0;
  },
});
