import { expect, test } from "vitest";
import { filled, slotsBetween } from "./name-slots.ts";

test("names become places, the longest first, and other names fill them", () => {
  const slots = slotsBetween(
    "db1 has db1-log; db1",
    "xyz has xyz-log; xyz",
    ["db1-log", "db1"],
    ["xyz-log", "xyz"],
  );
  expect(slots && filled(slots, ["cut-lo", "cut"])).toBe("cut has cut-lo; cut");
});

test("what both have by chance is no name", () => {
  const slots = slotsBetween("log: log-a", "log: xyz-a", ["log"], ["xyz"]);
  expect(slots && filled(slots, ["new"])).toBe("log: new-a");
});

test.each([
  ["another length", "db1, 3", "xyz, 34"],
  ["another character beside the names", "db1, 3", "xyz, 4"],
  ["half of a name", "db1 db", "xyz xy"],
])("%s is no text that names alone tell apart", (_, a, b) => {
  expect(slotsBetween(a, b, ["db1"], ["xyz"])).toBeNull();
});
