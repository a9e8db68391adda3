import { defineCommand, helpOption } from "./command.ts";
import { usageError } from "./usage.ts";

export const schemaCommand = defineCommand({
  usage: "[options]",
  about: [
    "Prints the JSON Schema of a spec. An editor completes and checks a spec whose",
    '"$schema" names it.',
  ].join("\n"),
  options: { help: helpOption },
  examples: [
    ["dbtrfs schema > spec.schema.json", 'then begin the spec with "$schema": "./spec.schema.json"'],
  ],
  async run({ operands }, { product }) {
    if (operands.length > 0)
      throw usageError(`dbtrfs schema ${operands.join(" ")}`, "dbtrfs schema", "leave out the rest");
    const { specJsonSchema } = await import("../spec/json-schema.ts");
    await product.write(`${JSON.stringify(specJsonSchema(), null, 2)}\n`);
    return 0;
  },
});
