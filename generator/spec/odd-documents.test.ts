import { expect, test } from "vitest";
import { parseSpec } from "./parse.ts";
import { hostWith, pointersOf, postgresql } from "./testing/specs.ts";

test.each([
  [{ disks: { length: { toString: 1 } } }, "/disks/length"],
  [{ databases: { length: { toString: 1 } } }, "/databases/length"],
  [{ notes: { length: { toString: 1 } } }, "/notes/length"],
  [{ databases: [{ ...postgresql, notes: { length: [{ toString: 1 }] } }] }, "/databases/0/notes/length"],
])("%j is refused like any other mistake", (fields, pointer) => {
  expect(pointersOf(fields)).toEqual([pointer]);
});

const workload = { profile: "orders.json", writeShare: 0.5, updateShare: 0.5, scanShare: 0.5 };
const read = (path: string) => {
  if (path.includes("\0")) throw new Error("no path");
  return { text: JSON.stringify({ writeShare: 0.1, updateShare: 0.1, scanShare: 0.1 }) };
};

test.each([
  ["shares", workload],
  ["one share", { profile: "orders.json", writeShare: 0.5 }],
  ["a key that is none", { profile: "orders.json", clas: "oltp" }],
])("a workload that is both a file and %s is refused, whichever was meant", (_, both) => {
  const text = JSON.stringify(hostWith({ databases: [{ ...postgresql, workload: both }] }));
  expect(parseSpec(text, "db1.json", read)).toMatchObject({
    ok: false,
    problems: [{ pointer: "/databases/0/workload", found: expect.stringContaining("other keys beside it") }],
  });
});

test("a profile file that names another is refused", () => {
  const text = JSON.stringify(hostWith({ databases: [{ ...postgresql, workload: { profile: "a.json" } }] }));
  const chain = () => ({ text: JSON.stringify({ profile: { profile: "b.json" } }) });
  expect(parseSpec(text, "db1.json", chain)).toMatchObject({
    ok: false,
    problems: [{ pointer: "/databases/0/workload/profile" }],
  });
});

test("an analysis that found no profile is refused with its reason", () => {
  const text = JSON.stringify(hostWith({ databases: [{ ...postgresql, workload: { profile: "a.json" } }] }));
  const idle = () => ({ text: JSON.stringify({ profile: null, profileUnknown: "nobody worked" }) });
  expect(parseSpec(text, "host.json", idle)).toMatchObject({
    ok: false,
    problems: [{ found: '"a.json": its measurements make no profile (nobody worked)' }],
  });
});

test("a profile's path that is none is refused before it is read", () => {
  const text = JSON.stringify(hostWith({ databases: [{ ...postgresql, workload: { profile: "a\0b" } }] }));
  expect(parseSpec(text, "db1.json", read)).toMatchObject({
    ok: false,
    problems: [{ pointer: "/databases/0/workload/profile" }],
  });
});
