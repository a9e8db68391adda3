import { describe, expect, test } from "vitest";
import { parseJson } from "./json-text.ts";
import { parseSpec } from "./spec/parse.ts";

const faultOf = (text: string) => {
  const json = parseJson(text);
  return "error" in json ? json : null;
};

describe("a key twice in one object is told with its place", () => {
  test.each([
    ['{"a": 1, "b": 2, "a": 3}', "/a"],
    ['{"list": [1, {"x": 1}, {"x": 1, "x": 2}]}', "/list/2/x"],
    ['{"a": {"b": [[], {}, {"c": "}", "c" : 1}]}}', "/a/b/2/c"],
    ['{"caf\\u00e9": 1, "café": 2}', "/café"],
    ['{"a/b": {"": 1, "": 2}}', "/a~1b/"],
    ['{"q\\"": 1, "q\\"": 2}', '/q"'],
  ])("%s", (text, pointer) => {
    expect(faultOf(text)).toMatchObject({ pointer, error: expect.stringContaining("a second time") });
  });

  test.each([
    '{"a": {"a": {"a": 1}}, "b": ["a", "a"]}',
    '[{"a": 1}, {"a": 2}]',
    '{"a": "a", "b": "{\\"a\\": 1, \\"a\\": 2}", "c": "\\\\"}',
    '\uFEFF{ "a" : [ ] }',
  ])("not in %s", (text) => expect(faultOf(text)).toBeNull());
});

describe("nesting", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

  test("of 100 is read, deeper is refused", () => {
    expect(faultOf(nested(100))).toBeNull();
    expect(faultOf(nested(101))?.error).toContain("more than 100 deep");
  });

  test("that would exhaust the stack is a problem like any other", () => {
    const parsed = parseSpec(`{"host": ${nested(200_000)}}`, "db1.json");
    expect(parsed).toMatchObject({ ok: false, problems: [{ file: "db1.json" }] });
  });
});

test("a long text takes time in proportion to its length", () => {
  const text = JSON.stringify(
    Object.fromEntries(Array.from({ length: 200_000 }, (_, n) => [`k${n}`, 'x\\"'.repeat(9)])),
  );
  const start = performance.now();
  expect(faultOf(text)).toBeNull();
  expect(performance.now() - start).toBeLessThan(3000);
});
