import fc from "fast-check";
import { expect, test } from "vitest";
import { formatJson } from "./format-json.ts";

test("short lists of plain values stay on one line", () => {
  expect(
    formatJson({ required: ["host", "disks"], items: [{ type: "string" }], none: [], gone: undefined }),
  ).toBe(
    `{
  "required": ["host", "disks"],
  "items": [
    {
      "type": "string"
    }
  ],
  "none": []
}`,
  );
});

test("a list that is too long has a line for each value", () => {
  const names = Array.from({ length: 20 }, (_, index) => `value ${index}`);
  expect(formatJson({ enum: names }).split("\n")).toHaveLength(24);
});

test("every value is read back", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(JSON.stringify(JSON.parse(formatJson(value)))).toBe(JSON.stringify(value));
    }),
  );
});
