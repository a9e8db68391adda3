import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv } from "./csv.ts";

const fieldsOf = (text: string) => {
  const csv = parseCsv(text);
  return "records" in csv ? csv.records.map(({ fields }) => fields) : csv;
};

test.each([
  [
    "a,b\r\nc,d\r\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "a,b\nc,d",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ['"a, ""b""","c\nd"\n', [['a, "b"', "c\nd"]]],
  [
    "\uFEFFa,b\n\n,\n",
    [
      ["a", "b"],
      ["", ""],
    ],
  ],
  ['a,\n"",\n""\n', [["a", ""], ["", ""], [""]]],
  ["", []],
])("%j holds %j", (text, records) => {
  expect(fieldsOf(text)).toEqual(records);
});

test.each([
  ['a,b\nc,"d', 2],
  ['a"b,c\n', 1],
  ['a\n\n"b"c\n', 3],
])("%j is refused, with its line", (text, line) => {
  expect(parseCsv(text)).toMatchObject({ line });
});

test("what is written by the rules is read as it was, and each record knows its line", () => {
  const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r\n", " ", "é") });
  const records = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 });
  fc.assert(
    fc.property(records, (wanted) => {
      const quoted = wanted.map((fields) =>
        fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(","),
      );
      const csv = parseCsv(quoted.join("\r\n"));
      if (!("records" in csv)) throw new Error(csv.error);
      expect(csv.records.map(({ fields }) => fields)).toEqual(wanted);
      const lines = quoted.map(
        (_, index) => quoted.slice(0, index).join("\n").split("\n").length + (index > 0 ? 1 : 0),
      );
      expect(csv.records.map(({ line }) => line)).toEqual(lines);
    }),
  );
});
