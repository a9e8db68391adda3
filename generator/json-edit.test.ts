import fc from "fast-check";
import { expect, test } from "vitest";
import { withValue } from "./json-edit.ts";
import type { Path } from "./spec/pointer.ts";

const spec = `{
  "host": "db1", "memoryGiB": 32,
  "disks": [{ "device": "/dev/sda" }],
  "databases": [
    { "name": "orders", "sizeGiB": 200 },
    {
      "name": "a \\"b\\" [{,",
      "workload": "oltp"
    }
  ]
}
`;

test("a value takes the place of another one, and the rest keeps its form", () => {
  const after = withValue(spec, ["databases", 0, "sizeGiB"], 201.5);
  expect(after).toBe(spec.replace("200", "201.5"));
});

test("a new key goes behind the last, as its siblings are written", () => {
  expect(withValue(spec, ["databases", 0, "growthGiBPerMonth"], 2)).toBe(
    spec.replace('"sizeGiB": 200 }', '"sizeGiB": 200, "growthGiBPerMonth": 2 }'),
  );
  expect(withValue(spec, ["databases", 1, "workload"], { class: "oltp", writeShare: 0.5 })).toBe(
    spec.replace(
      '"workload": "oltp"',
      '"workload": {\n        "class": "oltp",\n        "writeShare": 0.5\n      }',
    ),
  );
});

test("a new item goes behind the last one of its list", () => {
  expect(withValue(spec, ["databases", 2], { name: "cart" })).toBe(
    spec.replace("    }\n  ]", '    },\n    {\n      "name": "cart"\n    }\n  ]'),
  );
  expect(withValue('{ "a": [] }', ["a", 0], 1)).toBe('{ "a": [1] }');
});

test("a place in nothing is an error of the caller", () => {
  expect(() => withValue(spec, ["system", "nixos"], "26.05")).toThrow("no system to edit");
});

const at = (document: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], document);

const pathsOf = (value: unknown): Path[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([name, child]) => {
        const key = Array.isArray(value) ? Number(name) : name;
        return [[key], ...pathsOf(child).map((path) => [key, ...path])];
      });

test("whatever the document and its spacing, the new value is read at its place and nothing else has changed", () => {
  const spacing = fc.constantFrom(undefined, 1, 4, "\t");
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), spacing, fc.nat(), (document, value, space, which) => {
      const paths = pathsOf(document);
      const path = paths[which % Math.max(1, paths.length)];
      if (path === undefined) return;
      const text = JSON.stringify(document, null, space);
      const edited: unknown = JSON.parse(withValue(text, path, value));
      expect(at(edited, path)).toEqual(JSON.parse(JSON.stringify(value)));
      const restored: unknown = JSON.parse(
        withValue(JSON.stringify(edited), path, at(JSON.parse(text), path)),
      );
      expect(restored).toEqual(JSON.parse(text));
    }),
  );
});
